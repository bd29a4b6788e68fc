"""What the project promises of itself: its two commands, its layout, its words."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="these are about a checkout, and this is none"
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def find_line(name: str) -> str:
    match = re.search(rf"<!-- {name} line -->\n```sh\n(.+)\n```", README)
    assert match, f"the README has no {name} line"
    return match[1]


def list_files() -> list[str]:
    """What git knows, and what it would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_the_two_commands_need_nothing_but_python() -> None:
    assert find_line("run").startswith("python3 -m venv .venv && ")
    assert find_line("test").startswith("python3 -m venv .venv && ")
    assert "[test]" in find_line("test")


def test_the_workflow_runs_the_test_line() -> None:
    workflow = (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")
    assert f"run: {find_line('test')}\n" in workflow
    for python in ("3.11", "3.12", "3.13", "3.14"):
        assert f'"{python}"' in workflow


def test_ci_takes_the_test_line_from_the_readme() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "README.md" in script
    for tool in ("ruff", "mypy", "lint-imports"):
        assert tool in script


def test_the_top_level_holds_what_it_should() -> None:
    top = {name.split("/")[0] for name in list_files()}
    assert {name for name in top if not name.startswith(".")} == {
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "annotator",
        "db",
        "pyproject.toml",
        "tests",
    }


def test_every_picture_and_page_that_the_readme_names_is_there() -> None:
    names = re.findall(r"\]\(([^)#:]+)\)", README)
    assert any(name.endswith(".svg") for name in names)
    for name in names:
        assert (ROOT / name).is_file(), name


def test_nothing_but_ci_knows_of_a_folder_beside_the_checkout() -> None:
    beside = "../" + "shared"
    for name in list_files():
        if name != ".ci/run" and not name.endswith(".svg"):
            assert beside not in (ROOT / name).read_text(encoding="utf-8"), name


def test_every_promise_names_a_test_that_is_there() -> None:
    table = README.partition("<!-- promises -->")[2].partition("<!-- end of promises -->")[0]
    promises = [line for line in table.splitlines() if line.startswith("| ")][1:]
    assert promises
    for promise in promises:
        names = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", promise)
        assert names, promise
        for file, name in names:
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{name}"
