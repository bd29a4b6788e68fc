"""What others do while a reviewer labels."""

from __future__ import annotations

from annotator.tui.desk.base import Desk
from annotator.tui.notice import NoticingApp
from annotator.tui.widgets.article import ArticleView
from annotator.tui.widgets.lines import FoldedPanel
from annotator.tui.widgets.side_panel import SidePanel


class FollowingOthers(Desk):
    """The article as it is now: cut anew where somebody split or joined sentences."""

    def follow_others(self) -> None:
        """Draw what is there now. The current sentence stays the current one, and its stopwatch
        goes on; where it was cut itself, what begins where it began takes its place, and keys typed
        before that could be read are dropped.
        """
        before, session = self._seen, self._session
        count = session.document.sentence_count
        progress = session.measure_progress()
        index = None if before is None else session.find_index(before.span.start)
        if before is None or index is None:
            return
        article = self.query_one(ArticleView)
        article.hold(session.find_index)
        self._cursor = index
        place = session.follow(index)
        if place.sentence.span != before.span:
            self.go_to(index)
            if isinstance(self.app, NoticingApp):
                self.app.drop_typed()
            self.tell(f"Sentence {index + 1} is another one now: somebody has split or joined it.")
        elif self.scope and progress.total != count:
            self.go_to(index)  # which ends a filter that was taken of other sentences
        else:
            self._seen = place.sentence
            article.show_anew(index, ending=self._describe_end(progress))
            self.query_one(SidePanel).show(place, progress)
            self.query_one(FoldedPanel).show(place, progress)
