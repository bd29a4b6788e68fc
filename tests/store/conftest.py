"""A desk at every kind of store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store.desk import Desk

if TYPE_CHECKING:
    from annotator.store.base import Store


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)
