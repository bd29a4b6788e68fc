"""Prose of any length: invented sentences, always the same."""

from __future__ import annotations

import random

_WORDS = """
the river dam company officials report water city council on Monday that government new inquiry
would found after years of work people who had been told said nothing about it
"""


def write_prose(sentences: int, *, seed: int = 1) -> str:
    """So many sentences of about 120 characters, four a paragraph."""
    chance, words = random.Random(seed), _WORDS.split()
    written = [
        " ".join(chance.choices(words, k=chance.randint(15, 27))).capitalize() + "."
        for _ in range(sentences)
    ]
    paragraphs = [" ".join(written[first : first + 4]) for first in range(0, sentences, 4)]
    return "\n\n".join(paragraphs) + "\n"
