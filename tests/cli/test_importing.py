"""`annotator import`: what comes in, what is said of it, what is refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest

from annotator.cli.progress import Gauge
from tests.cli.conftest import ARTICLE, run_apart

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Command


def test_it_prints_a_line_a_document(annotator: Command, folder: Path) -> None:
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    result = annotator("import", "article.txt")
    assert (result.status, result.err) == (0, "")
    ((id_, sentences, title),) = result.rows
    assert (len(id_), sentences, title) == (16, "4", "The bridge closed")


def test_the_same_text_twice_is_one_document_and_stderr_says_so(
    annotator: Command, article: str, folder: Path
) -> None:
    (folder / "again.txt").write_bytes(b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())
    result = annotator("import", "again.txt")
    assert result.status == 0
    assert result.rows[0][0] == article
    assert "already in the library" in result.message
    assert len(annotator("documents").rows) == 1


def test_a_folder_comes_in_file_by_file_in_order(annotator: Command, folder: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/er/c.TXT", ".hidden.txt", ".git/d.txt", "e.png"):
        path = folder / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name} is here.", encoding="utf-8")
    titles = [row[2] for row in annotator("import", "articles").rows]
    assert titles == ["a.txt is here.", "b.txt is here.", "deep/er/c.TXT is here."]


def test_standard_input_has_no_source(annotator: Command, type_in: Callable[[bytes], None]) -> None:
    type_in(ARTICLE.encode())
    (found,) = annotator("import", "-", "--json").json
    assert (found["source"], found["sentences"], found["new"]) == (None, 4, True)


def test_the_source_is_the_path_as_given(annotator: Command, folder: Path) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text("One.", encoding="utf-8")
    (found,) = annotator("import", "./texts/a.txt", "--json").json
    assert found["source"] == "./texts/a.txt"


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8 exist on Linux")
def test_a_name_that_is_no_utf8_is_shown_and_stored_as_text(
    annotator: Command, folder: Path
) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (folder / name).write_bytes(b"Caf\xe9 au lait, s'il vous pla\xeet. D\xe9j\xe0 vu.")
    result = annotator("import", name, "--json")
    assert (result.status, result.json[0]["source"]) == (0, "caf�.txt")
    assert annotator("export").json["documents"][0]["source"] == "caf�.txt"


def test_a_sentence_per_line(annotator: Command, folder: Path) -> None:
    (folder / "lines.txt").write_text("One. Two.\n\nThree\n", encoding="utf-8")
    assert annotator("import", "lines.txt", "--sentence-per-line").rows[0][1] == "2"


def test_the_language_is_kept(annotator: Command, folder: Path) -> None:
    (folder / "a.txt").write_text("Das ist gut. Ja.", encoding="utf-8")
    assert annotator("import", "a.txt", "--language", "de-AT", "--json").json[0]["language"] == (
        "de-AT"
    )
    assert annotator("import", "a.txt", "--language", "\x1b[31m").status == 2


def test_a_guessed_encoding_is_said_and_a_given_one_is_not(
    annotator: Command, folder: Path
) -> None:
    text = "Ein schöner Tag für Änderungen, sagte Frau Müller. Später kam Größeres.\n"
    (folder / "a.txt").write_bytes(text.encode("cp1252"))
    guessed = annotator("import", "a.txt")
    assert guessed.message.startswith("a.txt: read as ")
    (folder / "b.txt").write_bytes(text.upper().encode("cp850"))
    assert annotator("import", "b.txt", "--encoding", "cp850").err == ""
    titles = {row[1] for row in annotator("documents").rows}
    assert titles == {text.strip(), text.upper().strip()}


def test_control_characters_are_left_out_and_counted(annotator: Command, folder: Path) -> None:
    (folder / "a.txt").write_bytes("\x1b[31mRed\x1b[0m, \x9bsaid\0 one. [bold]Two[/].".encode())
    result = annotator("import", "a.txt")
    assert "4 control characters" in result.message
    assert result.rows[0][2] == "[31mRed[0m, said one. [bold]Two[/]."


BAD = {
    "missing.txt": (None, "no file"),
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "no text"),
    "image.txt": (b"\x89PNG\r\n\x1a\n" + bytes(100), "not text"),
    "broken.txt": ("Größe\nschön\n".encode() + b"bad \xff byte\n" + "für\n".encode(), "Line 3"),
    "[bold]\x1b]0;gone\x07.txt": (b"", "empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_source_is_one_line_that_names_it(
    annotator: Command, folder: Path, name: str
) -> None:
    content, word = BAD[name]
    if content is not None:
        (folder / name).write_bytes(content)
    result = annotator("import", name)
    assert (result.status, result.out) == (1, "")
    assert word in result.message
    assert name.replace("\x1b", "␛").replace("\x07", "␇") in result.message
    assert annotator("documents").rows == []


def test_the_others_come_in_beside_a_bad_one(annotator: Command, folder: Path) -> None:
    for name in ("a.txt", "z.txt"):
        (folder / name).write_text(f"{name} is good.", encoding="utf-8")
    result = annotator("import", "a.txt", "missing.txt", "z.txt")
    assert result.status == 1
    assert "missing.txt" in result.message
    assert [row[2] for row in result.rows] == ["a.txt is good.", "z.txt is good."]


def test_a_folder_without_text_is_named(annotator: Command, folder: Path) -> None:
    (folder / "pictures").mkdir()
    (folder / "pictures" / "a.png").write_bytes(b"\x89PNG")
    result = annotator("import", "pictures")
    assert result.status == 1
    assert "pictures" in result.message


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_a_named_pipe_in_a_folder_is_passed_over(annotator: Command, folder: Path) -> None:
    (folder / "texts").mkdir()
    os.mkfifo(folder / "texts" / "pipe.txt")
    (folder / "texts" / "a.txt").write_text("One.", encoding="utf-8")
    assert len(annotator("import", "texts").rows) == 1


def test_an_unknown_format_lists_the_known_and_opens_nothing(
    annotator: Command, folder: Path
) -> None:
    result = annotator("import", "missing.txt", "--format", "nothing")
    assert result.status == 1
    assert "nothing" in result.message
    assert "text" in result.message
    assert not (folder / "db" / "annotator.db").exists()


def test_an_unknown_encoding_is_1(annotator: Command, folder: Path) -> None:
    (folder / "a.txt").write_text("One.", encoding="utf-8")
    result = annotator("import", "a.txt", "--encoding", "nothing")
    assert result.status == 1
    assert "nothing" in result.message


@pytest.mark.parametrize("address", ["http://example.org/a", "HTTPS://example.org/b.txt"])
def test_an_address_is_refused_clearly(annotator: Command, address: str) -> None:
    result = annotator("import", address)
    assert result.status == 1
    assert address in result.message
    assert "address" in result.message


@pytest.mark.usefixtures("impatient")
def test_a_locked_database_is_one_line_and_nothing_comes_in(
    annotator: Command, article: str, folder: Path
) -> None:
    (folder / "b.txt").write_text("Another one.", encoding="utf-8")
    other = sqlite3.connect(folder / "db" / "annotator.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    result = annotator("import", "b.txt")
    other.execute("ROLLBACK")
    other.close()
    assert result.status == 1
    assert "locked" in result.message
    assert [row[0] for row in annotator("documents").rows] == [article]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are another thing there")
@pytest.mark.parametrize("command", [("import", "b.txt"), ("delete", "{article}")])
def test_a_read_only_database_is_one_line(
    article: str, folder: Path, command: tuple[str, ...]
) -> None:
    through: tuple[str, ...] = ()
    if os.geteuid() == 0:
        # To root nothing is read-only, unless it lets go of that right.
        through = ("setpriv", "--bounding-set=-dac_override")
        if shutil.which("setpriv") is None or run_apart("--version", through=through).returncode:
            pytest.skip("runs as root, who may write everything")
    (folder / "b.txt").write_text("Another one.", encoding="utf-8")
    (folder / "db" / "annotator.db").chmod(0o444)
    (folder / "db").chmod(0o555)
    done = run_apart(*(word.format(article=article) for word in command), through=through)
    (folder / "db").chmod(0o755)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"annotator.db is read-only" in done.stderr


@pytest.mark.usefixtures("on_terminal")
def test_on_a_terminal_the_lines_are_aligned_and_cut(annotator: Command, folder: Path) -> None:
    (folder / "a.txt").write_text("新聞 " * 40, encoding="utf-8")
    (folder / "b.txt").write_text("Short.", encoding="utf-8")
    first, second = annotator("import", "a.txt", "b.txt").out.splitlines()
    assert first.endswith("…")
    assert first.index("新") == second.index("Short")
    # Each of these characters takes two cells.
    assert len(first) + first.count("新") + first.count("聞") <= 60


def test_a_bar_is_drawn_after_a_second_and_taken_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    with Gauge(1) as gauge:
        gauge.report(1, 2)
        assert capsys.readouterr().err == ""
        now += 2
        gauge.report(1, 2)
        gauge.hide()
        assert "importing" in capsys.readouterr().err
        gauge.report(2, 2)
        gauge.advance()


def test_no_bar_is_drawn_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with Gauge(1) as gauge:
        gauge.report(1, 2)
    assert capsys.readouterr() == ("", "")
