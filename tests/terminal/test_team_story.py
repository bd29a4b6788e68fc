"""Three reviewers in three terminals, one lead, one answer."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from annotator.sample import read_sample
from tests.terminal.conftest import run
from tests.terminal.screen import Terminal

if TYPE_CHECKING:
    from tests.postgres import Server

KEYS: Final = "cdb"
NAMES: Final = {"c": "claim", "d": "denial", "b": "background"}


def read_article() -> str:
    """The article of the corpus where there is one, else the sample."""
    corpus = os.environ.get("ANNOTATOR_CORPUS")
    found = Path(corpus, "article.txt") if corpus else None
    return found.read_text(encoding="utf-8") if found and found.exists() else read_sample()


def choose_keys(count: int) -> dict[str, str]:
    """What each presses, sentence by sentence: now and then one of them sees it otherwise."""
    ana = [KEYS[index % 3] for index in range(count)]
    ben = ["b" if index % 5 == 0 else key for index, key in enumerate(ana)]
    cleo = ["c" if index % 7 == 0 else key for index, key in enumerate(ana)]
    return {name: "".join(keys) for name, keys in (("ana", ana), ("ben", ben), ("cleo", cleo))}


@pytest.mark.parametrize("where", ["files", "server"])
def test_three_label_one_settles_and_the_export_holds_it_all(
    folder: Path, where: str, request: pytest.FixtureRequest
) -> None:
    (folder / "article.txt").write_text(read_article(), encoding="utf-8")
    if where == "files":
        shared, own = "db/annotator.db", "cleo.db"
    else:
        server: Server = request.getfixturevalue("postgres")
        shared = own = server.url(request.getfixturevalue("schema"))
    databases = {"ana": shared, "ben": shared, "cleo": own}
    for database in dict.fromkeys(databases.values()):
        run("import", "article.txt", "--db", database, cwd=folder)
    count = int(run("documents", "--db", shared, cwd=folder).split("\t")[2])
    pressed = choose_keys(count)
    _label_at_once(folder, databases, pressed)
    if own != shared:
        run("merge", own, "--db", shared, cwd=folder)

    disputed = [index for index in range(count) if len({k[index] for k in pressed.values()}) > 1]
    _settle(folder, shared, len(disputed))

    exported = json.loads(run("export", "--db", shared, cwd=folder))
    sentences = exported["documents"][0]["sentences"]
    for index, sentence in enumerate(sentences):
        said = {one["reviewer"]: one["label"] for one in sentence["annotations"]}
        assert said == {name: NAMES[keys[index]] for name, keys in pressed.items()}
        if index in disputed:
            assert sentence["label"] == "claim"
            assert sentence["adjudication"]["reviewer"] == "dora"
        else:
            assert sentence["label"] == NAMES[pressed["ana"][index]]
    assert "FAILED" not in run("verify", "--db", shared, cwd=folder)
    assert "alpha" in run("agreement", "--db", shared, cwd=folder)


def _label_at_once(folder: Path, databases: dict[str, str], pressed: dict[str, str]) -> None:
    terminals = {
        name: Terminal("review", "--db", database, cwd=folder, reviewer=name)
        for name, database in databases.items()
    }
    try:
        for name, terminal in terminals.items():
            terminal.wait_for("1 of")
            terminal.press(pressed[name])
        for terminal in terminals.values():
            screen = terminal.wait_for("every sentence has a label", seconds=60)
            assert "not saved" not in screen
            terminal.press("q")
            assert terminal.wait_for_end() == 0
    finally:
        for terminal in terminals.values():
            terminal.child.close(force=True)


def _settle(folder: Path, database: str, disputes: int) -> None:
    """One key each."""
    with Terminal("adjudicate", "--db", database, cwd=folder, reviewer="dora") as lead:
        screen = lead.wait_for(rf"\b{disputes}\b")
        for name in ("ana", "ben", "cleo"):
            assert name not in screen, "names are hidden until asked for"
        lead.press("v")
        lead.wait_for("cleo")
        lead.press("c" * disputes)
        lead.wait_for(f"(?i){disputes} settled|nothing is open|every|all ")
        lead.press("q")
        assert lead.wait_for_end() == 0
