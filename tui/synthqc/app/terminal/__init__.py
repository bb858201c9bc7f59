"""The border to the terminal: what comes in is split into keys and pastes, what goes out is only what changed."""
