"""Label a news article sentence by sentence: claim, denial or background, one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.store import open_store

__version__ = "0.1.0"
__all__ = ["__version__", "open_store"]


def __getattr__(name: str) -> object:
    # `from annotator import open_store` works, and `import annotator` stays free of SQLite.
    if name == "open_store":
        from annotator.store import open_store

        return open_store
    raise AttributeError(f"module 'annotator' has no attribute {name!r}")
