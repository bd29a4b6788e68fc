"""The registry of formats, and what every reader owes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import annotator.readers
from annotator.errors import SourceError, UnknownNameError
from annotator.readers import Source, detect_format, find_reader, list_readers


def test_the_formats_are_the_files_of_the_folder() -> None:
    folder = Path(annotator.readers.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert list_readers() == sorted(name.replace("_", "-") for name in files)
    assert "text" in list_readers()


def test_listing_formats_imports_none_of_them() -> None:
    code = (
        "import sys, annotator.readers as readers; readers.list_readers();"
        "print([name for name in sys.modules if name.startswith('annotator.readers.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", list_readers())
def test_a_reader_describes_itself_in_one_line(name: str) -> None:
    reader = find_reader(name)
    assert reader.name == name
    assert reader.description
    assert "\n" not in reader.description
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)


def test_no_two_formats_go_by_one_suffix() -> None:
    suffixes = [suffix for name in list_readers() for suffix in find_reader(name).suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    "name", ["Text", "texts", "", "../text", "text.py", "__init__", "a\x1b[31m"]
)
def test_an_unknown_format_lists_the_known(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"the formats are .*text") as caught:
        find_reader(name)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("article.txt", "text"),
        ("ARTICLE.TXT", "text"),
        ("folder.txt/article", "text"),
        ("article", "text"),
        ("article.unheard-of", "text"),
        ("", "text"),
    ],
)
def test_the_format_goes_by_the_suffix_and_else_is_text(name: str, format_name: str) -> None:
    assert detect_format(Source(name, b"")) == format_name


@pytest.mark.parametrize("name", list_readers())
@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\x00\x01\x02\xff" * 1000])
def test_what_holds_no_article_is_refused_in_one_line(name: str, content: bytes) -> None:
    source = Source("the\x1b[31mfile.bin", content)
    with pytest.raises(SourceError) as caught:
        list(find_reader(name).read(source))
    message = str(caught.value)
    assert "file.bin" in message
    assert message.isprintable()
