"""The layers point one way, files stay short, and costly imports stay where they are used."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import annotator

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(annotator.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 400


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that the statements below import, wherever they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""


def imports_at_import_time(tree: ast.Module) -> Iterator[str]:
    """The same, less what stands in a function or serves type checking alone."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            waiting += node.orelse
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from imports(node)
        else:
            waiting += ast.iter_child_nodes(node)


def users(package: str) -> set[str]:
    """The files that import something of this package."""
    return {
        name_of(path)
        for path in FILES
        if package in {name.split(".")[0] for name in imports(ast.parse(path.read_bytes()))}
    }


def test_imports_are_told_apart_by_when_they_happen() -> None:
    tree = ast.parse(
        "import a\nif TYPE_CHECKING:\n import b\nelse:\n import c\ntry:\n import d\nfinally: pass\n"
        "def f():\n import e\nclass C:\n import g\n from h.i import j\n"
    )
    assert sorted(imports_at_import_time(tree)) == ["a", "c", "d", "g", "h.i"]
    assert sorted(imports(tree)) == ["a", "b", "c", "d", "e", "g", "h.i"]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_not_long(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST


def test_only_the_store_on_sqlite_imports_sqlite() -> None:
    assert users("sqlite_utils") == {"store/migrations.py"}
    assert all(name.startswith("store/") for name in users("sqlite3"))


def test_only_the_store_on_postgresql_imports_psycopg() -> None:
    assert users("psycopg")
    assert all(name.startswith("store/postgres") for name in users("psycopg"))


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("store/*.py")), ids=name_of)
def test_a_store_on_a_file_does_not_load_the_one_on_a_server(path: Path) -> None:
    found = set(imports_at_import_time(ast.parse(path.read_bytes())))
    of_the_server = {name for name in found if name.startswith("annotator.store.postgres")}
    assert path.name.startswith("postgres") or of_the_server == set()


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("store/*.py")), ids=name_of)
def test_sqlite_utils_costs_nothing_until_a_schema_is_made(path: Path) -> None:
    found = set(imports_at_import_time(ast.parse(path.read_bytes())))
    assert ("annotator.store.migrations" in found) is False
    assert ("sqlite_utils" in found) is (path.name == "migrations.py")


def test_only_the_terminal_app_imports_textual() -> None:
    assert all(name.startswith("tui/") for name in users("textual"))


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("cli/*.py")), ids=name_of)
def test_the_command_line_imports_click_and_little_else_until_it_is_asked(path: Path) -> None:
    found = set(imports_at_import_time(ast.parse(path.read_bytes())))
    allowed = {"click", "annotator.errors", "annotator.cli", "annotator"}
    dear = {
        name
        for name in found
        if name.split(".")[0] not in sys.stdlib_module_names
        and name not in allowed
        and not name.startswith(("click.", "annotator.cli."))
    }
    assert dear == set()


def test_the_contracts_of_the_layers_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    cli = pytest.importorskip(
        "importlinter.cli", reason="import-linter comes with the extra `check`, not with `test`"
    )
    monkeypatch.chdir(PACKAGE.parent)
    # Its own logging and caching would stay in the folder.
    assert cli.lint_imports(no_cache=True) == 0
