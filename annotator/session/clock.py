"""The real clock and the real chance, for programs; tests pass their own."""

from __future__ import annotations

import secrets
import time

from annotator.model.clock import make_uuid7


class SystemClock:
    """The machine's clock."""

    def wall_ms(self) -> int:
        """See `Clock.wall_ms`."""
        return time.time_ns() // 1_000_000

    def steady_ms(self) -> int:
        """See `Clock.steady_ms`."""
        return time.monotonic_ns() // 1_000_000


class RandomIds:
    """UUIDv7 from the system's source of chance."""

    def next_id(self, wall_ms: int) -> str:
        """See `EventIds.next_id`."""
        return make_uuid7(wall_ms, secrets.randbits(74))
