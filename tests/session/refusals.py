"""What an act says that is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.errors import AnnotatorError


def refuse(kind: type[AnnotatorError], act: Callable[[], object]) -> str:
    """The whole message of the error that the act raises."""
    with pytest.raises(kind) as refused:
        act()
    return str(refused.value)
