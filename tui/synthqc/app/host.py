"""The application as its screens see it."""

from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from .app import SynthQC


def host(node: DOMNode) -> "SynthQC":
    """The application that a screen or widget belongs to, with its course and store."""
    # Textual types `app` as any App; every screen of ours lives in this one.
    return cast("SynthQC", node.app)
