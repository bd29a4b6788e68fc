"""Sentences that were cut wrongly: split at a word, joined with the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.tui.desk.base import Desk
from annotator.tui.notice import noticing

if TYPE_CHECKING:
    from annotator.model.document import Sentence


class Cutting(Desk):
    """Split and join."""

    async def action_split(self) -> None:
        """Choose a word, and split the sentence before it."""
        from annotator.session.telling import tell_inheritance
        from annotator.tui.screens.split import SplitScreen

        with noticing(self):
            place = self.read_seen()
            number = place.sentence.index + 1
            screen = SplitScreen(
                number,
                place.sentence.text,
                inherited=tell_inheritance(place),
                save=partial(self._save_split, place.sentence),
            )
            if screen.picker.is_empty:
                self.tell(f"Sentence {number} is one word: it cannot be split.")
                return
            await screen.open(self.app)

    async def action_join(self) -> None:
        """Join the sentence with the next of its paragraph."""
        from annotator.session.telling import tell_join

        with noticing(self):
            change = self._session.join(self.read_seen().sentence.index)
            self.show_saved(change)
            self.tell(f"{tell_join(change)}; {self.name_key('undo')} undoes.")

    def _save_split(self, sentence: Sentence, at: int) -> bool:
        """Whether there is nothing left to do: else the dialog stays, with the cut where it was."""
        from annotator.session.telling import tell_split

        with noticing(self):
            change = self._session.split(self.find_again(sentence).sentence.index, at)
            self.show_saved(change)
            self.tell(f"{tell_split(change)}; {self.name_key('undo')} undoes.")
            return True
        return not self._is_there(sentence)

    def _is_there(self, sentence: Sentence) -> bool:
        """Whether a sentence is still what it was: somebody else may have split it meanwhile. If
        not, what is there now is shown.
        """
        with noticing(self):
            if self._session.read_place(sentence.index).sentence == sentence:
                return True
            self.go_to(sentence.index)
        return False
