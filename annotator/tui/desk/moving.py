"""From sentence to sentence."""

from __future__ import annotations

from annotator.tui.desk.base import Desk
from annotator.tui.notice import noticing
from annotator.tui.widgets.article import ArticleView


class Moving(Desk):
    """Next, previous, by number, to what has no label yet."""

    def action_move(self, step: int) -> None:
        """Go so many sentences on, or back."""
        self.go_to(self.find_neighbour(self._cursor, step))

    def action_go_to_first(self) -> None:
        """Go to the first sentence."""
        self.go_to(self.find_neighbour(self._cursor, -self._session.document.sentence_count))

    def action_go_to_last(self) -> None:
        """Go to the last sentence."""
        self.go_to(self.find_neighbour(self._cursor, self._session.document.sentence_count))

    def action_go_to_open(self, step: int) -> None:
        """Go to the nearest sentence without a label, on or back, past the end to the other one."""
        with noticing(self):
            found = self.find_open(step)
            if found is not None:
                self.go_to(found)
                return
            said = self._session.read_place(self._cursor).annotation
            others = "other " if said is None or said.label is None else ""
            self.tell(f"Every {others}sentence{self.scope} has a label.")

    async def action_ask_where(self) -> None:
        """Ask for a sentence's number."""
        from annotator.tui.screens.prompt import Prompt

        count = self._session.document.sentence_count
        title = f"Go to sentence (1 to {count})"
        await Prompt(title, save=self._go_to_number, longest=len(str(count))).open(self.app)

    def action_look(self, pages: int) -> None:
        """Scroll the text by screens; the current sentence stays."""
        self.query_one(ArticleView).look(pages)

    def _go_to_number(self, answer: str) -> bool:
        count = self._session.document.sentence_count
        number = int(answer) if answer.strip().isdecimal() else 0
        if 1 <= number <= count:
            self.go_to(number - 1)
        elif answer.strip():
            self.tell(f"There is no sentence {answer.strip()}: the article has 1 to {count}.")
        return True
