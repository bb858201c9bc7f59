"""The course as numbered prompts on a plain terminal: no screen, no colour, no cursor movement."""
