"""What is said of a sentence beside its label: note, speaker; and the sentence copied."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.text.display import show_line
from annotator.tui.desk.base import Desk
from annotator.tui.notice import noticing

if TYPE_CHECKING:
    from annotator.model.document import Sentence
    from annotator.session import Session


class Remarking(Desk):
    """Note, speaker, copy."""

    def __init__(self, session: Session, *, cursor: int) -> None:
        super().__init__(session, cursor=cursor)
        self._told_of_speakerless: int | None = None

    def go_to(self, index: int) -> None:
        """See `Desk.go_to`; what was told of the speaker counts for nothing any more."""
        self._told_of_speakerless = None
        super().go_to(index)

    async def action_note(self) -> None:
        """Ask for a note on the current sentence."""
        from annotator.tui.screens.prompt import Prompt

        with noticing(self):
            place = self.read_seen()
            annotation = place.annotation
            prompt = Prompt(
                f"Note on sentence {place.sentence.index + 1}",
                save=partial(self._save_note, place.sentence),
                text=place.sentence.text,
                value=annotation.note or "" if annotation is not None else "",
            )
            await prompt.open(self.app)

    async def action_name_speaker(self) -> None:
        """Ask who speaks in the sentence; on a label that has no speaker only when asked twice."""
        from annotator.session.speakers import offer_speakers
        from annotator.tui.screens.speaker import SpeakerScreen

        with noticing(self):
            place = self.read_seen()
            index, said = place.sentence.index, place.annotation
            name = said.speaker or "" if said is not None else ""
            label = None if said is None else said.label
            takes = label is None or self._session.scheme.takes_speaker(label)
            if label is not None and not takes and not name and self._told_of_speakerless != index:
                self._told_of_speakerless = index
                key, shown = self.name_key("speaker"), show_line(label).capitalize()
                self.tell(f"{shown} has no speaker; {key} again names one all the same.")
                return
            self._told_of_speakerless = None
            offers = offer_speakers(self._session, index)
            save = partial(self._save_speaker, place.sentence)
            await SpeakerScreen(place.sentence, offers, name=name, save=save).open(self.app)

    def action_copy(self) -> None:
        """Copy the sentence with its source."""
        from annotator.text.quoting import name_source, quote_sentence

        with noticing(self):
            sentence, document = self.read_seen().sentence, self._session.document
            self.app.copy_to_clipboard(quote_sentence(sentence, document))
            self.tell(f"Copied with its source: {name_source(sentence, document)}")

    def _save_note(self, sentence: Sentence, note: str) -> bool:
        """Whether it could be saved: if not, the dialog stays, with what was written."""
        with noticing(self):
            index = self.find_again(sentence).sentence.index
            self.show_saved(self._session.note(index, note))
            return True
        return False

    def _save_speaker(self, sentence: Sentence, name: str) -> bool:
        with noticing(self):
            index = self.find_again(sentence).sentence.index
            self.show_saved(self._session.name_speaker(index, name))
            return True
        return False
