"""What is chosen in the picker, apart from how it looks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from annotator.session.offers import Offer

DIGITS: Final = 9
"""So many offers, the first ones listed, have a digit."""

LONGEST_NUMBER: Final = 9
"""Digits of a sentence's number at most."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Offers, those chosen of them by sentence index, and the cursor as a position in `listed`.

    `clears` says that nothing chosen means no link; else it means the offer at the cursor.
    """

    offers: tuple[Offer, ...]
    chosen: frozenset[int]
    clears: bool = False
    words: str = ""
    cursor: int = 0

    @property
    def listed(self) -> tuple[Offer, ...]:
        """The offers that have all the words typed, each in the text, the speaker or as number."""
        words = self.words.casefold().split()
        return tuple(offer for offer in self.offers if all(_has(offer, word) for word in words))

    @property
    def decision(self) -> tuple[int, ...]:
        """What saving ties the denial to, by sentence index."""
        if self.chosen or self.clears:
            return tuple(sorted(self.chosen))
        return tuple(offer.index for offer in self.listed[self.cursor : self.cursor + 1])

    @property
    def decided(self) -> tuple[Offer, ...]:
        """The offers of the decision, in its order."""
        return tuple(
            offer for index in self.decision for offer in self.offers if offer.index == index
        )

    @property
    def can_save(self) -> bool:
        """Whether there is anything to save: not where the words typed let no offer through."""
        return bool(self.decision) or self.clears

    def toggle(self, position: int) -> Choice:
        """Choose the offer at a position of the list, or no longer, and go there."""
        if not 0 <= position < len(self.listed):
            return self
        index = self.listed[position].index
        return replace(self, chosen=self.chosen ^ {index}, cursor=position)

    def go_to(self, position: int) -> Choice:
        """Put the cursor on an offer, as near as there is one."""
        return replace(self, cursor=max(0, min(position, len(self.listed) - 1)))

    def narrow(self, words: str) -> Choice:
        """List only the offers that have these words; the cursor goes to the first of them, or to
        the sentence that has them for its number.
        """
        if words == self.words:
            return self
        narrowed = replace(self, words=words, cursor=0)
        numbers = [str(offer.index + 1) for offer in narrowed.listed]
        return replace(narrowed, cursor=numbers.index(words) if words in numbers else 0)

    @property
    def names_another(self) -> bool:
        """Whether the words are a sentence's number, and none of the offers has it."""
        return (
            self.words.isdecimal()
            and len(self.words) <= LONGEST_NUMBER
            and int(self.words) - 1 not in {offer.index for offer in self.offers}
        )

    def add(self, offer: Offer) -> Choice:
        """One more offer, after the others, and the cursor on it where it is listed."""
        more = replace(self, offers=(*self.offers, offer))
        return replace(more, cursor=more.listed.index(offer)) if offer in more.listed else more

    def widen(self) -> Choice:
        """List all offers again; the cursor stays on its own."""
        here = self.listed[self.cursor : self.cursor + 1]
        return replace(self, words="", cursor=self.offers.index(here[0]) if here else 0)


def _has(offer: Offer, word: str) -> bool:
    text = f"{offer.text}\n{offer.speaker or ''}".casefold()
    return word in text or word == str(offer.index + 1)
