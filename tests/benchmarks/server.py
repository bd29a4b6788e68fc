"""A label's key on a PostgreSQL of this machine that writes to its disk before it answers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.benchmarks.clocked import MINIMAL
from tests.benchmarks.figures import Row, compare_tails
from tests.benchmarks.keys import time_keys
from tests.benchmarks.places import SAMPLE, make_database, measure_command
from tests.postgres import discard, make_server

if TYPE_CHECKING:
    from pathlib import Path


def measure_server(folder: Path, times: int) -> list[Row]:
    """Key written to next sentence painted, the label committed on the server in between."""
    place = make_database(folder, SAMPLE)
    server = make_server()
    server.start(durable=True)
    try:
        url = server.url("public")
        measure_command("import", str(place / "article.txt"), "--db", url)
        os.environ["ANNOTATOR_DB"] = url
        keys = time_keys(place, "c", times)
        del os.environ["ANNOTATOR_DB"]
        floor = time_keys(place, "j", times, module=MINIMAL)
    finally:
        discard(server)
    what = "key, saved on PostgreSQL, painted"
    return [compare_tails(what, keys, floor, promise="p99 50 ms")]
