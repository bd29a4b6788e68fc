"""How a label looks: the letter of its key, and its colour from the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.color import Color

if TYPE_CHECKING:
    from textual.app import App

    from annotator.model.scheme import LabelScheme

UNKNOWN: Final = "?"
"""The letter of a label that the scheme does not have (any more)."""


def find_letter(scheme: LabelScheme, name: str) -> str:
    """The key of the label, which stands for it wherever it is shown."""
    return next((label.key for label in scheme.labels if label.name == name), UNKNOWN)


def style_label(app: App[None], name: str, *, scheme: LabelScheme) -> Style:
    """Bold, in the label's colour: the theme's `text-` variant, readable on its background.

    A label without a colour, or with one that the theme does not have, is bold alone.
    """
    colour = next((label.colour for label in scheme.labels if label.name == name), None)
    found = app.theme_variables.get(f"text-{colour}") or app.theme_variables.get(str(colour))
    if found is None:
        return Style(bold=True)
    return Style(bold=True, color=Color.parse(found).rich_color)
