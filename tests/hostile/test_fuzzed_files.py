"""Settings, label schemes and exports with any value in any place: read, or one clear error."""

from __future__ import annotations

import copy
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.config.checking import check_settings
from annotator.config.toml_lines import parse_toml
from annotator.config.toml_strings import quote, quote_lines
from annotator.errors import AnnotatorError, ConfigError, SchemeError
from annotator.model.scheme_file import parse_scheme
from annotator.readers import Source
from annotator.session.sources import add_source
from annotator.session.verification import verify
from annotator.store.memory import MemoryStore
from tests.builders import make_library
from tests.hostile.database import EVIL, find_unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HUGE: Final = 10**40
SCALARS: Final = (
    st.none()
    | st.booleans()
    | st.sampled_from([0, -1, 2**31, 2**53, 2**63, -(2**63), HUGE, 1e308, -0.0])
    | st.sampled_from([EVIL, "", " ", "claim", "\ud800", "9" * 100, "2026-13-45T99:99:99Z", "all"])
)
VALUES: Final = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES: Final = (
    "name labels key definition colour guideline denies scheme reviewer database theme"
    " auto_advance keys undo"
)
FIELDS: Final = st.sampled_from([*NAMES.split(), EVIL])
TREES: Final = st.recursive(
    SCALARS.filter(lambda value: value is not None and value != "\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=10,
)
DEEP: Final = ["x = " + "[" * 5000, "a" + ".a" * 5000 + " = 1", "[" + "a." * 5000 + "a]"]


def write_toml(value: object) -> str:
    """A value as TOML writes it, tables inline."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quote(value)
        case dict():
            inner = (f"{quote(key)} = {write_toml(one)}" for key, one in value.items())
            return f"{{{', '.join(inner)}}}"
        case list():
            return f"[{', '.join(map(write_toml, value))}]"
    return str(value)


def write_file(fields: Mapping[str, object]) -> str:
    return "".join(f"{quote(name)} = {write_toml(value)}\n" for name, value in fields.items())


@contextmanager
def expecting(error: type[AnnotatorError], name: str) -> Iterator[None]:
    """Nothing but this error, if any, and that it says of what it is."""
    found = ""
    try:
        yield
    except error as raised:
        found = str(raised) or "without a word"
    assert not found or name in found
    assert found != "without a word"


TABLES: Final = st.dictionaries(FIELDS, TREES, max_size=5).map(write_file)


@given(text=TABLES | st.sampled_from(DEEP) | st.text(max_size=40))
def test_any_scheme_file_is_a_scheme_or_one_clear_error(text: str) -> None:
    with expecting(SchemeError, "scheme.toml"):
        parse_scheme(text, "scheme.toml")


@given(text=TABLES | st.sampled_from(DEEP) | st.text(max_size=40))
def test_any_settings_file_is_settings_or_one_clear_error(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "config.toml"
    with expecting(ConfigError, str(path)):
        check_settings(text.encode("utf-8", "replace"), path)


@given(st.text(max_size=30) | st.just(EVIL))
def test_strings_in_toml_steer_nothing_and_come_back(text: str) -> None:
    guideline = text.replace("\r", "")
    written = f"a = {quote(text)}\nb = {quote_lines(guideline)}\n"
    assert find_unsafe(written) == []
    assert parse_toml(written, "x", error=SchemeError) == {"a": text, "b": guideline}


def _export() -> dict[str, object]:
    from annotator.exporters import Corpus, find_exporter
    from annotator.session.exporting import read_labelled
    from tests.builders import article, put

    store = MemoryStore()
    library = make_library(store)
    document = put(library, article(3))
    session = library.open(document)
    session.annotate(0, "claim")
    session.deny(1, "denial", (0,))
    session.note(1, "So.")
    write = find_exporter("json").write
    assert write is not None
    labelled = read_labelled(store, (document,), reviewer=None, history=True)
    found: dict[str, object] = json.loads("".join(write(Corpus(library.scheme, labelled))))
    return found


EXPORT: Final = _export()


def _list_places(node: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    places = [path] if path else []
    children: list[tuple[str | int, object]] = []
    if isinstance(node, dict):
        children = list(node.items())
    elif isinstance(node, list):
        children = list(enumerate(node))
    for key, child in children:
        places += _list_places(child, (*path, key))
    return places


def _put(path: tuple[str | int, ...], value: object) -> str:
    changed = copy.deepcopy(EXPORT)
    node: object = changed
    for key in path[:-1]:
        assert isinstance(node, dict | list)
        node = node[key]  # type: ignore[index]
    assert isinstance(node, dict | list)
    node[path[-1]] = value  # type: ignore[index]
    return json.dumps(changed)


def _bring_in(written: str) -> None:
    store = MemoryStore()
    library = make_library(store, "ben")
    source = Source("labels.json", written.encode("utf-8", "replace"))
    with expecting(AnnotatorError, ""):
        for _ in add_source(library, source, format_name="annotator"):
            pass
    assert all(proof.holds for proof in verify(store))


@example(path=("documents", 0, "events", 1, "target"), value="all")
@example(path=("documents", 0, "title"), value="Another one")
@example(path=("documents", 0, "sentences", 1, "paragraph"), value=1)
@given(path=st.sampled_from(_list_places(EXPORT)), value=VALUES)
def test_an_export_with_any_value_in_any_place_comes_in_sound_or_not_at_all(
    path: tuple[str | int, ...], value: object
) -> None:
    _bring_in(_put(path, value))


@pytest.mark.long
@pytest.mark.parametrize("place", _list_places(EXPORT), ids=str)
@given(value=VALUES)
def test_so_it_is_in_every_place(place: tuple[str | int, ...], value: object) -> None:
    _bring_in(_put(place, value))


@pytest.mark.parametrize("written", ["[" * 100_000, '{"format": ' * 50_000, "9" * 6000])
def test_depth_and_length_are_one_clear_error(written: str) -> None:
    _bring_in(written)
