"""Values reach a database as parameters alone: no query is put together from them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

import annotator.store

if TYPE_CHECKING:
    from collections.abc import Iterator

STORE: Final = Path(annotator.store.__file__).parent

SINKS: Final = frozenset(
    {"_execute", "_execute_each", "_rows", "execute", "executemany", "executescript", "query"}
)
"""What runs the SQL that it is given first."""

_COPY: Final = "tables and columns as this program made them in a new file, not the one borrowed"

ALLOWED: Final = {
    "f'SELECT {names} FROM {table} NOT INDEXED'": _COPY,
    "f'INSERT INTO {table} ({names}) VALUES ({marks})'": _COPY,
    "f'PRAGMA table_info({table})'": _COPY,
    "f'DROP {kind} {name}'": _COPY,
    "str(sql)": _COPY,
    "f'PRAGMA user_version = {version}'": "the number of a migration",
    "f'PRAGMA {pragma}'": "its callers name it in their own text",
    "f'PRAGMA busy_timeout = {self._patience_ms}'": "a number of milliseconds, of the program's",
    "statement": "of the migrations",
    "collate(statement)": "of the migrations",
    "collate(MARK)": "of the migrations",
    "statement.sql": "a query of this list in the server's words, by `translate`",
    "f'{head}{values}{self._link.write_out(tail, ())}'": "rows quoted by the driver",
    "f'{first}COMMIT'": "a notice on a channel whose name and words are constants",
    "f'SELECT set_config(%s, %s, false) WHERE current_setting(%s) {unless}'": "of a constant list",
    "queries.COUNT_MATCHING % query": "of the constant parts of a filter",
    "f'SELECT count(*) FROM {table}'": "of a constant list",
    "query": "of a constant list, in a loop over two",
    "ask": "of a constant list",
}
"""Queries put together from what is no constant, by their text, and why that is harmless."""

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def _read() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(STORE.glob("*.py")):
        yield path.name, ast.parse(path.read_text(encoding="utf-8"))


def _list_functions(tree: ast.AST) -> list[_Function]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _name_call(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _is_constant(node: ast.expr, function: _Function | None, parameters: set[str]) -> bool:
    """Whether a query comes from this program's text alone."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name) if name.lstrip("_").isupper():
            return True
        case ast.JoinedStr(values=values):
            inner = [one.value for one in values if isinstance(one, ast.FormattedValue)]
            return all(_is_constant(one, function, parameters) for one in inner)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return all(_is_constant(one, function, parameters) for one in (left, right))
        case ast.IfExp(body=body, orelse=orelse):
            return all(_is_constant(one, function, parameters) for one in (body, orelse))
        case ast.Subscript(value=value):
            return _is_constant(value, function, parameters)
        case ast.Call(func=ast.Attribute(value=value, attr="replace" | "join"), args=args):
            return all(_is_constant(one, function, parameters) for one in (value, *args))
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return all(_is_constant(one, function, parameters) for one in elements)
        case ast.Name(id=name) if function is not None:
            return name in parameters or _is_set_to_constants(name, function, parameters)
    return False


def _is_set_to_constants(name: str, function: _Function, parameters: set[str]) -> bool:
    found = []
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                found.append(value)
            case ast.For(target=ast.Name(id=target), iter=value) if target == name:
                found.append(value)
    return bool(found) and all(_is_constant(value, function, parameters) for value in found)


def _is_run(name: str, function: _Function, sinks: set[str]) -> bool:
    """Whether a parameter goes into a query of the function as it is."""
    return any(
        isinstance(node, ast.Call)
        and _name_call(node) in sinks
        and node.args
        and isinstance(node.args[0], ast.Name)
        and node.args[0].id == name
        for node in ast.walk(function)
    )


def _first_parameter(function: _Function) -> str | None:
    names = [argument.arg for argument in function.args.args if argument.arg != "self"]
    return names[0] if names else None


def _find_sinks() -> set[str]:
    """The sinks, and all that hand their own first argument on to one."""
    sinks, before = set(SINKS), 0
    while len(sinks) > before:
        before = len(sinks)
        for _, tree in _read():
            for function in _list_functions(tree):
                first = _first_parameter(function)
                if first is not None and _is_run(first, function, sinks):
                    sinks.add(function.name)
    return sinks


def _find_queries(tree: ast.Module, sinks: set[str]) -> Iterator[tuple[ast.expr, _Function | None]]:
    within = {
        id(node): function for function in _list_functions(tree) for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name_call(node) in sinks and node.args:
            yield node.args[0], within.get(id(node))


def _list_strangers() -> dict[str, str]:
    """Queries that are no constants, by their text, and where they are."""
    sinks, found = _find_sinks(), {}
    for name, tree in _read():
        for query, function in _find_queries(tree, sinks):
            first = None if function is None or function.name not in sinks else function
            own = _first_parameter(first) if first is not None else None
            if not _is_constant(query, function, {own} if own else set()):
                found[ast.unparse(query)] = f"{name}:{query.lineno}"
    return found


def test_no_query_is_put_together_from_values() -> None:
    strangers = _list_strangers()
    assert {text: where for text, where in strangers.items() if text not in ALLOWED} == {}
    assert strangers.keys() == ALLOWED.keys()


def test_most_queries_are_seen() -> None:
    sinks = _find_sinks()
    assert sum(len(list(_find_queries(tree, sinks))) for _, tree in _read()) > 60
