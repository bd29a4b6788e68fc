"""The palette: every action of the screen, by what it does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider

from annotator.tui.bindings import list_keys

if TYPE_CHECKING:
    from textual.command import Hits

    from annotator.tui.bindings import Key


class ActionCommands(Provider):
    """What the keys do, to be found by name, with the key to remember for the next time."""

    async def discover(self) -> Hits:
        """All actions, before anything is typed."""
        for key in list_keys(self.screen):
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
