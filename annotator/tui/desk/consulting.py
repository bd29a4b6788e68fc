"""What the reviewer looks up: guideline, history, others' labels."""

from __future__ import annotations

from annotator.tui.desk.base import Desk
from annotator.tui.notice import noticing


class Consulting(Desk):
    """Guideline, history, others' labels."""

    async def action_show_guideline(self) -> None:
        """Show the guideline, at the label in question."""
        from annotator.session.schemes import read_guideline_in_force
        from annotator.tui.screens.guideline import GuidelineScreen

        with noticing(self):
            scheme = self._session.scheme
            annotation = self._session.read_place(self._cursor).annotation
            label = None if annotation is None else annotation.label
            text = read_guideline_in_force(scheme)
            await GuidelineScreen(text, label, scheme=scheme).open(self.app)

    async def action_show_history(self) -> None:
        """Show what was done to the sentence."""
        from annotator.session.telling import inquire
        from annotator.tui.screens.history import HistoryScreen

        with noticing(self):
            index = self.read_seen().sentence.index
            sentence = inquire(self._session, index)
            document = inquire(self._session)
            screen = HistoryScreen(index + 1, sentence=sentence, document=document)
            await screen.open(self.app)

    async def action_show_others(self) -> None:
        """Show what others have said of the sentence."""
        from annotator.session.others import see_others
        from annotator.tui.screens.others import OthersScreen

        with noticing(self):
            mine = self.read_seen()
            others = see_others(self._session, mine.sentence.index)
            if not others:
                number = mine.sentence.index + 1
                self.tell(f"Nobody else has said anything of sentence {number} yet.")
                return
            await OthersScreen(mine, others, scheme=self._session.scheme).open(self.app)
