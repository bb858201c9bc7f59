"""What can be set, where it is read from, and which of several values holds; may import assistant and course."""
