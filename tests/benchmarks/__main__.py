"""Measures the program in a real terminal, beside a minimal Textual app, and prints a table."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.benchmarks.agreement import measure_agreement
from tests.benchmarks.bench import measure_bench
from tests.benchmarks.bulk import measure_bulk
from tests.benchmarks.comparing import read_committed, read_table, tell_changes
from tests.benchmarks.figures import write_row, write_table
from tests.benchmarks.formats import measure_formats
from tests.benchmarks.growth import measure_growth
from tests.benchmarks.keys import measure_keys
from tests.benchmarks.merging import measure_merging
from tests.benchmarks.server import measure_server
from tests.benchmarks.sizes import SIZES, measure_sizes
from tests.benchmarks.starts import measure_help, measure_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.benchmarks.figures import Row

ROOT: Final = Path(__file__).parents[2]

DIALOGS: Final = 20
"""Times that each dialog is timed, at most: all of them two hundred times take half an hour."""

PARTS: Final[dict[str, Callable[[Path, argparse.Namespace], Iterable[Row]]]] = {
    "sizes": lambda folder, options: measure_sizes(
        folder, options.sizes, starts=options.starts, keys=options.keys
    ),
    "starts": lambda folder, options: measure_starts(folder, options.starts),
    "keys": lambda folder, options: measure_keys(folder, options.keys),
    "bench": lambda folder, options: measure_bench(folder, min(options.keys, DIALOGS)),
    "help": lambda _, options: [measure_help(options.starts)],
    "bulk": lambda folder, _: measure_bulk(folder),
    "server": lambda folder, options: measure_server(folder, options.keys),
    "formats": lambda folder, _: measure_formats(folder),
    "agreement": lambda folder, _: measure_agreement(folder),
    "merging": lambda folder, _: measure_merging(folder),
    "growth": lambda folder, _: measure_growth(folder),
}
"""What can be measured alone, in the order of the table."""


def main() -> None:
    """Measure, and print the table as it goes into the README."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=15, help="starts of each program")
    parser.add_argument("--keys", type=int, default=200, help="times that each key is timed")
    parser.add_argument("--only", choices=PARTS, nargs="+", help="only these parts of the table")
    parser.add_argument(
        "--sizes",
        type=int,
        nargs="+",
        default=[*SIZES],
        help="sentences in the database, for the part 'sizes' (a minute: 30 10000, and --starts 2"
        " --keys 45)",
    )
    parser.add_argument(
        "--folder", type=Path, help="keep the databases here, and take those that are here"
    )
    options = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT)
    # An installed program is compiled already; without this, every start would compile it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, measure in PARTS.items():
            if not options.only or name in options.only:
                for row in measure(options.folder or Path(folder), options):
                    # As soon as it is known: what comes last takes long, and may fail.
                    print(write_row(row), file=sys.stderr, flush=True)
                    rows.append(row)
    table = write_table(rows)
    print(table)
    committed = read_committed((ROOT / "README.md").read_text(encoding="utf-8"))
    print("", *tell_changes(committed, read_table(table)), sep="\n")


if __name__ == "__main__":
    main()
