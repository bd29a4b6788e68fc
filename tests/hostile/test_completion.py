"""What the shell is offered, where titles steer terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_completion import complete
from tests.hostile.database import find_unsafe

if TYPE_CHECKING:
    from tests.hostile.database import Hostile


@pytest.mark.parametrize("command", ["show", "restore"])
def test_no_offer_steers_the_terminal(hostile: Hostile, command: str) -> None:
    offers = complete(command, "")
    assert {word for _, word, _ in offers} >= (
        {hostile.deleted} if command == "restore" else set(hostile.ids)
    )
    assert not any(find_unsafe(part) for offer in offers for part in offer)
