"""Who answers in a lab.

May import tools and course; never learner, never a quiz: there is no path to an answer key.
"""
