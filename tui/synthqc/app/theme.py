"""The looks: dark, light, and one without colour."""

from rich.theme import Theme as MarkdownTheme
from textual.theme import Theme

# Colours lie on the cube and grey ramp of xterm-256, so that a terminal without true colour shows the same.
DARK = Theme(
    name="synthqc-dark",
    dark=True,
    primary="#5fafff",
    secondary="#87afd7",
    accent="#d7af5f",
    foreground="#dadada",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    success="#87d787",
    warning="#ffaf5f",
    error="#ff8787",
)
LIGHT = Theme(
    name="synthqc-light",
    dark=False,
    primary="#005faf",
    secondary="#005f87",
    accent="#875f00",
    foreground="#262626",
    background="#ffffff",
    surface="#eeeeee",
    panel="#e4e4e4",
    success="#005f00",
    warning="#875f00",
    error="#af0000",
)
MONO = Theme(
    name="synthqc-mono",
    dark=True,
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#ffffff",
    warning="#ffffff",
    error="#ffffff",
)
THEMES = (DARK, LIGHT, MONO)
"""All of them; the first is the default."""

MARKDOWN = MarkdownTheme(
    {
        "markdown.item.number": "bold",
        "markdown.item.bullet": "bold",
        "markdown.code": "bold",
        "markdown.link": "underline",
        "markdown.table.border": "none",
        "markdown.table.header": "bold",
    }
)
"""Running text without colours of its own, which would not go with every theme."""
