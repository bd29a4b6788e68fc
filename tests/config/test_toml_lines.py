"""Where in a TOML text something is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.config.toml_lines import Path, decode_toml, find_line, parse_toml
from annotator.errors import ConfigError

TEXT = '''# reviewer = "nobody"
reviewer = "ana"
note = """
reviewer = "in a text"
[keys]
"""
list = [
  "a",
  ["reviewer"],
]
"quoted" = 1
dotted . deep = 2

[keys]
undo = "z"
'redo' = "Z"
[keys.inner]
undo = "y"
[[labels]]
key = "c"
[[labels]]
key = "d"
inline = { key = "e" }
[labels.more]
key = "f"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (["reviewer"], 2),
        (["note"], 3),
        (["list"], 7),
        (["quoted"], 11),
        (["dotted", "deep"], 12),
        (["dotted"], 12),
        (["keys"], 14),
        (["keys", "undo"], 15),
        (["keys", "redo"], 16),
        (["keys", "inner"], 17),
        (["keys", "inner", "undo"], 18),
        (["labels"], 19),
        (["labels", 0], 19),
        (["labels", 0, "key"], 20),
        (["labels", 1], 21),
        (["labels", 1, "key"], 22),
        (["labels", 1, "inline"], 23),
        (["labels", 1, "inline", "key"], None),
        (["labels", 1, "more"], 24),
        (["labels", 1, "more", "key"], 25),
        (["nowhere"], None),
        (["keys", "nowhere"], None),
        (["labels", 2], None),
    ],
)
def test_a_line_is_found_whatever_else_looks_like_it(path: Path, line: int | None) -> None:
    assert find_line(TEXT, path) == line
    windows = TEXT.replace("\n", "\r\n")
    assert find_line(windows, path) == line


@given(st.lists(st.sampled_from("abcde"), unique=True, min_size=1), st.data())
def test_each_key_is_on_the_line_on_which_it_was_written(
    names: list[str], data: st.DataObject
) -> None:
    values = st.sampled_from(["1", '"""\na = 2\n[b]\n"""', "[\n1,\n]", "{ a = 1 }", "'''\nc=1'''"])
    text, expected = "", {}
    for name in names:
        expected[name] = text.count("\n") + 1
        text += f"{name} = {data.draw(values)}\n"
    assert {name: find_line(text, [name]) for name in names} == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = \n", 1),
        ("a = 1\nb = = 2\n", 2),
        ("a = 1\n\n[b\nc = 1", 3),
        ('a = """\nnever closed\n', 2),
        ("a = 1\na = 2\n", 2),
    ],
)
def test_what_is_no_toml_is_an_error_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ConfigError, match=f"^f.toml, line {line}: this is not TOML: ") as caught:
        parse_toml(text, "f.toml", error=ConfigError)
    assert str(caught.value).isprintable()


def test_what_is_no_utf8_is_an_error_with_its_line() -> None:
    with pytest.raises(ConfigError, match=r"^f.toml, line 2: .*UTF-8"):
        decode_toml(b'a = 1\nb = "caf\xe9"\n', "f.toml", error=ConfigError)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert decode_toml("\ufeffa = 1".encode(), "f.toml", error=ConfigError) == "a = 1"
