"""The palette: every action of the screen, by what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from annotator.tui.bindings import MOVING, PROGRAM, list_keys

if TYPE_CHECKING:
    from textual.command import Hits

    from annotator.tui.bindings import Key


class ActionCommands(Provider):
    """What the keys do, to be found by name, with the key to remember for the next time."""

    async def discover(self) -> Hits:
        """Before anything is typed: nothing that changes a label, since `enter` takes the first."""
        for key in list_keys(self.screen):
            if key.group not in (MOVING.description, PROGRAM.description):
                continue
            yield DiscoveryHit(_title(key), partial(self.screen.run_action, key.action))

    async def search(self, query: str) -> Hits:
        """The actions that match what is typed."""
        matcher = self.matcher(query)
        for key in list_keys(self.screen):
            score = matcher.match(_title(key))
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(_title(key)),
                    partial(self.screen.run_action, key.action),
                )


def _title(key: Key) -> str:
    return f"{key.does}  ({', '.join(key.keys)})"
