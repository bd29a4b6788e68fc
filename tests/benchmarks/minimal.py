"""The floor: as little as a Textual app can be, timed beside ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.widgets import Footer, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class MinimalApp(App[None]):
    """One `Static`, one `Footer`, and a key that changes a number."""

    BINDINGS: ClassVar[list[BindingType]] = [("j", "count", "Count"), ("q", "quit", "Quit")]
    count = 1

    def compose(self) -> ComposeResult:
        yield Static("1 of 1000000")
        yield Footer()

    def action_count(self) -> None:
        self.count += 1
        self.query_one(Static).update(f"{self.count} of 1000000")


if __name__ == "__main__":
    MinimalApp().run()
