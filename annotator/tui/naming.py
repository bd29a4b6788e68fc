"""What is decided in the speaker's dialog, apart from how it looks."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Naming:
    """Offers, the likeliest first; the name that the sentence `had`, empty for none; the line as it
    is, `typed`, which begins with that name and is `touched` from its first change on; and the
    offer chosen by its place in `listed`, if one is.
    """

    offers: tuple[str, ...]
    had: str = ""
    typed: str = ""
    chosen: int | None = None
    touched: bool = False

    @property
    def listed(self) -> tuple[str, ...]:
        """The offers that contain what is typed, those first in which a word begins with it; all of
        them as long as the line is as it was.
        """
        words = " ".join(self.typed.casefold().split())
        if not self.touched or not words:
            return self.offers
        having = [name for name in self.offers if words in name.casefold()]
        return tuple(sorted(having, key=lambda name: f" {words}" not in f" {name.casefold()}"))

    @property
    def cursor(self) -> int | None:
        """The offer that `enter` would take, by its place in `listed`."""
        if self.chosen is not None:
            return self.chosen
        return 0 if self.offers and not self.had and not self.typed.strip() else None

    @property
    def decision(self) -> str:
        """The name to save; empty for none."""
        return self.typed.strip() if self.cursor is None else self.listed[self.cursor]

    def type(self, text: str) -> Naming:
        """The line was changed; what was chosen before counts for nothing."""
        if text == self.typed:
            return self
        return replace(self, typed=text, chosen=None, touched=True)

    def choose(self, position: int) -> Naming:
        """Choose an offer, as near as there is one."""
        if not self.listed:
            return self
        return replace(self, chosen=max(0, min(position, len(self.listed) - 1)))

    def step(self, step: int) -> Naming:
        """Choose the next offer, or the previous one; up from the first goes back to the line."""
        if self.cursor is None:
            return self.choose(0) if step > 0 else self
        if self.cursor + step < 0:
            return replace(self, chosen=None)
        return self.choose(self.cursor + step)

    def complete(self) -> Naming:
        """Put the chosen offer into the line, or the first one."""
        if not self.listed:
            return self
        name = self.listed[self.cursor or 0]
        return replace(self, typed=name, chosen=None, touched=True)
