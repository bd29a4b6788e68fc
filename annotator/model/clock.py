"""Time and identity, as the program asks for them: both are passed in, never read on the side."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID


class Clock(Protocol):
    """What time it is, twice over."""

    def wall_ms(self) -> int:
        """Milliseconds since 1970-01-01 UTC; may jump either way."""
        ...

    def steady_ms(self) -> int:
        """Milliseconds since some moment; never goes backwards."""
        ...


class EventIds(Protocol):
    """Where the ids of new events come from."""

    def next_id(self, wall_ms: int) -> str:
        """A new id that no other machine will make: a UUIDv7 in its 36 characters."""
        ...


def make_uuid7(wall_ms: int, randomness: int) -> str:
    """Build a UUIDv7 (RFC 9562, 5.7) from a time in milliseconds and 74 random bits."""
    high = (wall_ms & (1 << 48) - 1) << 16 | 0x7 << 12 | randomness >> 62 & 0xFFF
    low = 0b10 << 62 | randomness & (1 << 62) - 1
    return str(UUID(int=high << 64 | low))


def derive_id(*content: str) -> str:
    """An id that comes from content alone, as a UUIDv8 (RFC 9562, 5.8): the same on any machine."""
    digest = sha256("\x1f".join(content).encode("utf-8")).digest()[:16]
    number = int.from_bytes(digest) & ~(0xF << 76) & ~(0b11 << 62)
    return str(UUID(int=number | 0x8 << 76 | 0b10 << 62))


def format_time(wall_ms: int) -> str:
    """Write a moment as `2026-11-23T08:00:00Z`: UTC, to the second."""
    return datetime.fromtimestamp(wall_ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
