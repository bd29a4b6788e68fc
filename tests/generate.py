"""Writes the generated parts of the project anew: `python -m tests.generate`.

Each part is a function that returns what its file should hold; a test compares. To add one, write
the function and name it in `PARTS`.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from annotator.cli import command_line
from annotator.exporters import find_exporter, list_exporters
from annotator.model.document import Article
from annotator.readers import find_reader, list_readers
from annotator.session.importing import add_article
from annotator.store.memory import MemoryStore
from annotator.store.sqlite import SqliteStore
from annotator.tui.adjudication import AdjudicationApp
from annotator.tui.app import AnnotatorApp
from annotator.tui.bindings import Key, list_keys
from tests.builders import make_library

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.model.document import Document
    from annotator.session import Library

ROOT: Final = Path(__file__).parents[1]
README: Final = ROOT / "README.md"

_KINDS: Final = ("table", "index", "trigger", "view")
_TABLES: Final = (
    "document",
    "sentence",
    "shift",
    "sentence_search",
    "event",
    "annotation",
    "link",
    "suggestion",
    "adjudication",
    "assignment",
    "alias",
)
_SCHEMA_HEADER: Final = """\
-- The schema of a new database, written by `python -m tests.generate` from the migrations in
-- annotator/store/migrations.py: change those, not this file. README.md tells what it all is for.
"""


def write_schema() -> str:
    """The schema of a fresh database: tables, indexes, triggers, views."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.db"
        SqliteStore.open(str(path)).close()
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute(
                "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
            ).fetchall()
            identity = [
                f"PRAGMA {name} = {connection.execute(f'PRAGMA {name}').fetchone()[0]};"
                for name in ("application_id", "user_version")
            ]
    ours = [row for row in found if row[2] in _TABLES or row[0] == "view"]
    # What a full-text index keeps its words in is its own.
    shadows = [row for row in found if row[2].startswith("sentence_search_")]
    others = [row for row in found if row not in ours and row not in shadows]
    ours.sort(key=lambda row: (_KINDS.index(row[0]), _place(row[2])))
    parts = [_SCHEMA_HEADER.rstrip(), "\n".join(identity)]
    parts += [f"{sql};" for _, _, _, sql in ours]
    parts.append("-- sqlite-utils' own, to know which migrations were applied.")
    parts += [f"{sql.replace(chr(34), '')};" for _, _, _, sql in others]
    return "\n\n".join(parts) + "\n"


def write_readme() -> str:
    """The README, its generated blocks as the program now is."""
    text = README.read_text(encoding="utf-8")
    for name, write in {
        "keys": list_keys_as_table,
        "library keys": list_library_keys_as_table,
        "adjudication keys": list_adjudication_keys_as_table,
        "commands": list_commands_as_table,
        "formats": list_formats_as_table,
    }.items():
        start = text.index(f"<!-- generated: {name} -->\n")
        end = text.index("<!-- end -->", start)
        text = f"{text[:start]}<!-- generated: {name} -->\n{write()}\n{text[end:]}"
    return text


def list_keys_as_table() -> str:
    """Every key of the labelling screen, from its bindings."""
    return _list_keys(AnnotatorApp)


def list_library_keys_as_table() -> str:
    """Every key of the library, from its bindings."""
    return _list_keys(lambda library, _: AnnotatorApp(library, None))


def list_adjudication_keys_as_table() -> str:
    """Every key of the adjudication screen, from its bindings."""
    return _list_keys(AdjudicationApp)


def _list_keys(open_app: Callable[[Library, Document], AnnotatorApp]) -> str:
    async def ask_the_screen() -> list[Key]:
        library = make_library(MemoryStore())
        document = add_article(library, Article(text="One sentence.", title="One")).document
        app = open_app(library, document)
        async with app.run_test():
            return list_keys(app.screen)

    rows = ["| | keys | |", "|---|---|---|"]
    seen = ""
    for key in asyncio.run(ask_the_screen()):
        keys = " ".join(f"<kbd>{shown}</kbd>" for shown in key.keys)
        rows.append(f"| {'' if key.group == seen else key.group} | {keys} | {key.does} |")
        seen = key.group
    return "\n".join(rows)


def list_commands_as_table() -> str:
    """Every command, from the command line's own help."""
    context = click.Context(command_line)
    rows = ["| command | |", "|---|---|"]
    for name in command_line.list_commands(context):
        command = command_line.get_command(context, name)
        assert command is not None
        rows.append(f"| `annotator {name}` | {command.get_short_help_str(limit=200)} |")
    return "\n".join(rows)


def list_formats_as_table() -> str:
    """Every format, from the registries."""
    formats = [
        *(("read", name, find_reader(name).description) for name in list_readers()),
        *(("written", name, find_exporter(name).description) for name in list_exporters()),
    ]
    rows = [f"| {way} | `{name}` | {description} |" for way, name, description in formats]
    return "\n".join(["| | format | |", "|---|---|---|", *rows])


def _place(table: str) -> int:
    return _TABLES.index(table) if table in _TABLES else len(_TABLES)


PARTS: Final[dict[Path, Callable[[], str]]] = {
    README: write_readme,
    ROOT / "db" / "schema.sql": write_schema,
}
"""Each generated file, and what it should hold."""


def main() -> None:
    """Write every part whose file does not hold it yet, and say which."""
    for path, write in PARTS.items():
        content = write()
        if path.is_file() and path.read_text(encoding="utf-8") == content:
            continue
        path.write_text(content, encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
