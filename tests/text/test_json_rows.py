"""Files of JSON objects: read alike however they are written, or refused with their line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.text.json_rows import find_first, read_rows

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
objects = st.lists(
    st.dictionaries(st.text(st.characters(codec="utf-8")), values), min_size=1, max_size=5
)


def read_all(content: str | bytes) -> list[tuple[str, object]]:
    written = content.encode() if isinstance(content, str) else content
    return [(row.place, row.fields) for row in read_rows(written, "dam.jsonl").rows]


@given(objects, st.booleans(), st.sampled_from(["\n", "\r\n", "\n \n"]))
def test_what_is_written_as_lines_or_as_an_array_is_read_back(
    found: list[dict[str, object]], escaped: bool, end: str
) -> None:
    lines = end.join(json.dumps(one, ensure_ascii=escaped) for one in found)
    assert [fields for _, fields in read_all(lines)] == found
    array = json.dumps(found, ensure_ascii=escaped, indent=1)
    assert read_all(array) == [(f"object {at}", one) for at, one in enumerate(found, 1)]
    assert find_first(lines.encode()) == found[0]
    assert find_first(array.encode()) == found[0]


def test_a_line_keeps_its_number_behind_blank_ones() -> None:
    assert read_all('\n{"a": 1}\n \n\t{"b": "\u2028"}\n') == [
        ("line 2", {"a": 1}),
        ("line 4", {"b": "\u2028"}),
    ]


def test_rows_before_one_that_is_broken_are_given_first() -> None:
    rows = read_rows(b'{"a": 1}\n{"a": ', "dam.jsonl").rows
    assert next(rows).fields == {"a": 1}
    with pytest.raises(SourceError, match=r"Line 2 of dam\.jsonl is not JSON"):
        next(rows)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[\n{},\n{]", "Line 3 of dam"),
        ("[{}, 3]", "Object 2 of dam.*not a JSON object"),
        ("3", "Line 1 of dam.*not a JSON object"),
        ('{}\n{"a": "\\ud83d"}', "Line 2 of dam.*surrogate"),
        ('{"a": ' + "9" * 5000 + "}", "Line 1 of dam.*too long"),
        ("[" * 100_000, "Line 1 of dam.*too deep"),
    ],
)
def test_what_is_no_such_file_is_refused_with_its_place(content: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        read_all(content)


def test_a_whole_surrogate_pair_is_the_character_that_it_stands_for() -> None:
    assert read_all('{"a": "\\ud83d\\udd25"}') == [("line 1", {"a": "🔥"})]


def test_a_guessed_encoding_is_told() -> None:
    written = '{"text": "Der Damm in Köln brach, sagte der Bürgermeister für Gewässer."}'
    assert read_rows(written.encode(), "dam.jsonl").remarks == ()
    (told,) = read_rows(written.encode("latin-1"), "dam.jsonl").remarks
    assert "a guess: --encoding overrules it" in told
    assert read_rows(written.encode("latin-1"), "dam.jsonl", encoding="latin-1").remarks == ()


@given(st.binary() | st.text().map(str.encode))
def test_looking_for_the_first_object_never_fails(content: bytes) -> None:
    assert isinstance(find_first(content), dict)
