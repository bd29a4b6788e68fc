"""The article that a newcomer finds in an empty library.

It retells, in words of its own, a newspaper's report of an inquiry into chlorine attacks: short
enough to label in a few minutes, with claims, denials that answer them, and background. The first
line is its title, the second block the caption of a photograph; blank lines part the paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def sample_path() -> Traversable:
    """Where the article lies; a plain path unless the package is imported from an archive."""
    from importlib.resources import files

    return files(__name__) / "article.txt"


def read_sample() -> str:
    """The article's text, as it is stored: line feeds only, and one at the end."""
    return sample_path().read_bytes().decode("utf-8")
