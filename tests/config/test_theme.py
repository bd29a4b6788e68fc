"""The theme remembered: one line changes, and nothing else."""

from __future__ import annotations

import sys
import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.config import read_settings
from annotator.config.theme import save_theme, set_theme
from annotator.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings" / "config.toml"
    path.parent.mkdir()
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))
    return path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "nord"\n'),
        ("# mine\n", 'theme = "nord"\n# mine\n'),
        ('theme = "old"  # for the evening\n', 'theme = "nord"  # for the evening\n'),
        ("  theme='old'", '  theme="nord"'),
        (
            'reviewer = "ana"\n\n# moved\n[keys]\nundo = "z"\n',
            'reviewer = "ana"\ntheme = "nord"\n\n# moved\n[keys]\nundo = "z"\n',
        ),
        (
            '# moved\n[keys]\ntheme = "z"\n',
            'theme = "nord"\n# moved\n[keys]\ntheme = "z"\n',
        ),
        ('reviewer = "ana"', 'reviewer = "ana"\ntheme = "nord"\n'),
        ('reviewer = "ana"\r\n[keys]\r\n', 'reviewer = "ana"\r\ntheme = "nord"\r\n[keys]\r\n'),
        ('database = """a\n[b]\n"""\n[keys]', 'database = """a\n[b]\n"""\ntheme = "nord"\n[keys]'),
        ('theme = "nord"', 'theme = "nord"'),
        ('\ufefftheme = "old"\n', '\ufefftheme = "nord"\n'),
    ],
)
def test_only_the_line_of_the_theme_changes(path: Path, before: str, after: str) -> None:
    path.write_bytes(before.encode())
    save_theme("nord")
    assert path.read_bytes().decode() == after


@given(
    st.lists(
        st.sampled_from(
            ['reviewer = "ana"', "# a remark", "", 'theme = "old" # why', "auto_advance = true"]
        ),
        unique=True,
    ),
    st.sampled_from(["", "[keys]", '# moved\n[keys]\nundo = "z"']),
    st.text(st.characters(codec="utf-8"), max_size=20),
)
def test_whatever_the_file_and_the_name_are_the_name_is_read_back(
    top: list[str], rest: str, name: str
) -> None:
    before = "\n".join([*top, rest])
    after = set_theme(before.encode(), name, "config.toml").decode()
    assert tomllib.loads(after) == {**tomllib.loads(before), "theme": name}
    assert [line for line in after.split("\n") if "theme" not in line and line] == [
        line for line in before.split("\n") if "theme" not in line and line
    ]


def test_a_file_and_its_folder_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "new" / "config.toml"))
    save_theme("nord")
    assert read_settings().theme == "nord"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["config.toml"]


def test_a_file_with_an_error_stays_as_it_is(path: Path) -> None:
    path.write_text("reviewer = \n", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 1"):
        save_theme("nord")
    assert path.read_text(encoding="utf-8") == "reviewer = \n"


def test_a_theme_that_is_written_in_an_unusual_way_is_left_to_its_writer(path: Path) -> None:
    before = 'theme = """\nold"""\n'
    path.write_text(before, encoding="utf-8")
    with pytest.raises(ConfigError, match="by hand"):
        save_theme("nord")
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.skipif(sys.platform == "win32", reason="no links and rights there")
def test_a_link_stays_a_link_and_rights_stay(path: Path) -> None:
    kept = path.with_name("dotfiles.toml")
    kept.write_text("", encoding="utf-8")
    kept.chmod(0o640)
    path.symlink_to(kept)
    save_theme("nord")
    assert path.is_symlink()
    assert kept.read_text(encoding="utf-8") == 'theme = "nord"\n'
    assert kept.stat().st_mode & 0o777 == 0o640


def test_what_cannot_be_written_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "file" / "config.toml"))
    with pytest.raises(ConfigError, match=r"not saved.*ANNOTATOR_CONFIG"):
        save_theme("nord")
