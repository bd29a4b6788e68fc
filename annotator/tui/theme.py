"""Paper and lamp: the app's own two themes, quiet but for one accent and one colour a label.

The only place with colour literals. Contrast against the background is at least 4.5 to 1 for
everything that must be read (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

LAMP: Final = Theme(
    name="annotator-dark",
    dark=True,
    primary="#7fb0d8",
    secondary="#93a5b8",
    accent="#7fb0d8",
    warning="#e3b45c",
    error="#e58498",
    success="#8fc08f",
    foreground="#dcdad5",
    background="#16181b",
    surface="#212429",
    panel="#2a2e34",
    variables={
        "text-warning": "#e3b45c",
        "text-error": "#e58498",
        "text-secondary": "#93a5b8",
        "text-success": "#8fc08f",
        "text-primary": "#7fb0d8",
        "text-accent": "#7fb0d8",
        "block-cursor-background": "#7fb0d8",
        "block-cursor-foreground": "#16181b",
    },
)

PAPER: Final = Theme(
    name="annotator-light",
    dark=False,
    primary="#22577f",
    secondary="#52616f",
    accent="#22577f",
    warning="#8a5a00",
    error="#a3254a",
    success="#2f6b35",
    foreground="#24272b",
    background="#faf8f4",
    surface="#efebe3",
    panel="#e5e0d6",
    variables={
        "text-warning": "#8a5a00",
        "text-error": "#a3254a",
        "text-secondary": "#52616f",
        "text-success": "#2f6b35",
        "text-primary": "#22577f",
        "text-accent": "#22577f",
        "block-cursor-background": "#22577f",
        "block-cursor-foreground": "#faf8f4",
    },
)
