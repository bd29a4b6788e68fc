"""The palette: every action of the screen, by what it does, and what has no key at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.command import DiscoveryHit, Hit, Provider

from annotator.tui.bindings import list_keys
from annotator.tui.desk.base import Desk
from annotator.tui.desk.finding import Finding
from annotator.tui.keys import MOVING, PROGRAM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.command import Hits
    from textual.screen import Screen

    from annotator.tui.bindings import Key


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Command:
    """What the palette lists; `at_once`: before anything is typed, too."""

    title: str
    run: Callable[[], object]
    at_once: bool


class ActionCommands(Provider):
    """What the keys do, to be found by name, with the key to remember for the next time."""

    async def discover(self) -> Hits:
        """Before anything is typed: nothing that changes a label, since `enter` takes the first."""
        for command in list_commands(self.screen):
            if command.at_once:
                yield DiscoveryHit(command.title, command.run)

    async def search(self, query: str) -> Hits:
        """The actions that match what is typed."""
        matcher = self.matcher(query)
        for command in list_commands(self.screen):
            score = matcher.match(command.title)
            if score > 0:
                yield Hit(score, matcher.highlight(command.title), command.run)


def list_commands(screen: Screen[Result]) -> list[Command]:
    """What can be done on a screen: what has a key, then what a label has taken the key of, then
    what never had one.
    """
    keyless = screen.keyless if isinstance(screen, Desk) else ()
    return [
        *(_run(key, screen) for key in (*list_keys(screen), *keyless)),
        *_list_views(screen),
    ]


def _run(key: Key, screen: Screen[Result]) -> Command:
    return Command(
        title=f"{key.does}  ({', '.join(key.keys)})" if key.keys else key.does,
        run=partial(screen.run_action, key.action),
        at_once=not key.keys or key.group in (MOVING.description, PROGRAM.description),
    )


def _list_views(screen: Screen[Result]) -> Iterator[Command]:
    """How far the reviewer is; and what is left to tie, with nothing else shown, unless no label of
    the scheme denies another.
    """
    if not isinstance(screen, Finding):
        return
    from annotator.session.finding import list_sieves

    for sieve in list_sieves(screen.session.scheme):
        run = partial(screen.apply_sieve, sieve)
        if sieve.unlinked:
            yield Command("Denials without a claim", run, at_once=True)
        elif sieve.undenied:
            yield Command("Claims nobody denies", run, at_once=True)
    yield Command("Status: progress and pace", partial(_show_status, screen), at_once=True)


async def _show_status(screen: Desk) -> None:
    from annotator.tui.app import AnnotatorApp
    from annotator.tui.screens.status import StatusScreen

    if isinstance(screen.app, AnnotatorApp):
        await StatusScreen(screen.app.library).open(screen.app)
