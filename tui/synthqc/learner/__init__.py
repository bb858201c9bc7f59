"""What a learner did and what it is worth. May import course."""
