"""The looks: dark, light, one of high contrast, the terminal's own colours, and one without colour."""

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
HIGH_CONTRAST = Theme(
    name="synthqc-high-contrast",
    dark=True,
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    success="#00ff00",
    warning="#ffff00",
    error="#ffafaf",
    # What is muted in other looks is read by the same eyes.
    variables={"text-muted": "#ffffff", "text-disabled": "#ffffff"},
)
ANSI = Theme(
    name="synthqc-ansi",
    ansi=True,
    dark=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_magenta",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "text-muted": "ansi_default",
        "block-cursor-foreground": "ansi_bright_white",
        "block-cursor-background": "ansi_blue",
        "input-cursor-background": "ansi_blue",
        "input-cursor-foreground": "ansi_bright_white",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_bright_white",
    },
)
THEMES = {"dark": DARK, "light": LIGHT, "high-contrast": HIGH_CONTRAST, "ansi": ANSI, "mono": MONO}
"""All of them, by the name in the settings."""

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
