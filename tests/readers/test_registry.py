"""The registry of formats, and what every reader owes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import annotator.readers
from annotator.errors import SourceError, UnknownNameError
from annotator.exporters import find_exporter, list_exporters
from annotator.readers import Source, detect_format, find_reader, list_readers
from tests.exporters.corpus import golden_corpus


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


@pytest.mark.parametrize("name", sorted({*list_readers()} & {*list_exporters()} | {"annotator"}))
def test_what_an_exporter_writes_is_known_for_what_it_is(name: str) -> None:
    exporter = find_exporter("json" if name == "annotator" else name)
    if exporter.write is None:
        pytest.skip("a folder of files: see its own tests")
    written = "".join(exporter.write(golden_corpus())).encode()
    for suffix in find_reader(name).suffixes:
        if suffix not in (".tsv", ".json") or name in ("annotator", "label-studio"):
            assert detect_format(Source(f"golden{suffix}", written)) == name


@pytest.mark.parametrize("name", list_readers())
@pytest.mark.parametrize("content", [b"", b"{", b"[" * 5000, b"\xff\xfe\x00", b'{"text": 1}\n{'])
def test_no_look_at_bytes_fails(name: str, content: bytes) -> None:
    assert find_reader(name).sniff(Source("x", content)) in (True, False)


def test_another_package_adds_formats(tmp_path: Path) -> None:
    (tmp_path / "shouting.py").write_text(
        "DESCRIPTION = 'text in capitals'\nSUFFIXES = ('.loud',)\n"
        "def read(source): return iter(())\ndef write(corpus): yield 'LOUD'\n"
    )
    folder = tmp_path / "shouting-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text(
        "[annotator.readers]\nloud = shouting\n[annotator.exporters]\nloud = shouting\n"
    )
    command = [sys.executable, "-m", "annotator", "formats"]
    environment = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}", "PATH": ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.count("loud\ttext in capitals") == 2


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
        ("page.html", "text"),
    ],
)
def test_the_format_goes_by_the_suffix_and_else_is_text(name: str, format_name: str) -> None:
    assert detect_format(Source(name, b"")) == format_name


@pytest.mark.parametrize(
    ("name", "content", "content_type", "format_name"),
    [
        ("https://example.org/a", b"<p>", "text/html; charset=utf-8", "html"),
        ("https://example.org/a.txt", b"%PDF-1.7", "application/pdf", "pdf"),
        ("https://example.org/a.md?x=1", b"# A", "text/plain", "markdown"),
        ("standard input", b"\n<!DOCTYPE html><p>A", None, "html"),
        ("standard input", b"%PDF-1.7", None, "pdf"),
        ("standard input", b'{"format": "annotator",', None, "annotator"),
        ("page.txt", b"<!DOCTYPE html><p>A", None, "text"),
    ],
)
def test_the_format_goes_by_what_it_is(
    name: str, content: bytes, content_type: str | None, format_name: str
) -> None:
    assert detect_format(Source(name, content, content_type=content_type)) == format_name


@pytest.mark.parametrize("name", list_readers())
@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\x00\x01\x02\xff" * 1000])
def test_what_holds_no_article_is_refused_in_one_line(name: str, content: bytes) -> None:
    source = Source("the\x1b[31mfile.bin", content)
    with pytest.raises(SourceError) as caught:
        list(find_reader(name).read(source))
    message = str(caught.value)
    assert "file.bin" in message
    assert message.isprintable()
