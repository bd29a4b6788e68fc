"""Prose of any length: invented sentences, always the same."""

from __future__ import annotations

import random

_WORDS = """
the river dam company officials report water city council on Monday that government new inquiry
would found after years of work people who had been told said nothing about it
"""


def write_sentences(sentences: int, *, seed: int = 1) -> list[str]:
    """So many sentences of about 120 characters, without their full stops."""
    chance, words = random.Random(seed), _WORDS.split()
    return [
        " ".join(chance.choices(words, k=chance.randint(15, 27))).capitalize()
        for _ in range(sentences)
    ]


def write_prose(sentences: int, *, seed: int = 1) -> str:
    """So many sentences of about 120 characters, four a paragraph."""
    written = [f"{sentence}." for sentence in write_sentences(sentences, seed=seed)]
    paragraphs = [" ".join(written[first : first + 4]) for first in range(0, sentences, 4)]
    return "\n\n".join(paragraphs) + "\n"
