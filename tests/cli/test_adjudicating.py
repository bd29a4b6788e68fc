"""`annotator adjudicate`, and what `export` and `show` make of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.session import Session
    from tests.cli.conftest import Command

GIVEN = {"ana": "ccdb", "ben": "ccbd", "cleo": "cdd"}
LABELS = {"c": "claim", "d": "denial", "b": "background"}


@pytest.fixture
def disputed(article: str, label: Callable[..., None]) -> str:
    """All agree on the first sentence, most on the next two, nobody on the last."""
    for reviewer, keys in GIVEN.items():

        def work(session: Session, keys: str = keys) -> None:
            for index, key in enumerate(keys):
                session.annotate(index, LABELS[key])

        label(article, work, reviewer=reviewer)
    return article


def labels_in(annotator: Command, *arguments: str) -> list[str | None]:
    (document,) = annotator("export", *arguments).json["documents"]
    return [sentence["label"] for sentence in document["sentences"]]


def test_unanimous_settles_what_all_agree_on_and_says_what_is_open(
    annotator: Command, disputed: str
) -> None:
    result = annotator("adjudicate", "--auto", "unanimous", "--reviewer", "lea")
    assert result.status == 0
    assert result.rows == [[disputed, "The bridge closed", "1", "claim 1", "0", "3"]]
    assert result.err == (
        "annotator: 1 sentence settled by rule; 3 still open.\n"
        "annotator: as it was before, the database is in db/annotator.before-settling.db\n"
    )
    (document,) = annotator("export").json["documents"]
    first, *others = (sentence["adjudication"] for sentence in document["sentences"])
    assert (first["reviewer"], first["label"], first["note"]) == ("lea", "claim", None)
    assert first["rule"] == "unanimous"
    assert others == [None] * 3


def test_majority_settles_more_and_export_follows(annotator: Command, disputed: str) -> None:
    assert labels_in(annotator) == ["claim", None, None, None]
    found = annotator("adjudicate", disputed, "--auto", "majority", "--json").json
    assert found == [
        {
            "document": disputed,
            "title": "The bridge closed",
            "settled": 3,
            "labels": {"claim": 2, "denial": 1},
            "reopened": 0,
            "open": 1,
        }
    ]
    assert labels_in(annotator) == ["claim", "claim", "denial", None]
    assert labels_in(annotator, "--settled") == ["claim", "claim", "denial"]
    assert labels_in(annotator, "--reviewer", "ben") == ["claim", "claim", "denial", "denial"]
    again = annotator("adjudicate", "--auto", "majority")
    assert again.err == "annotator: 0 sentences settled by rule; 1 still open.\n"


def test_show_marks_what_is_settled(annotator: Command, disputed: str) -> None:
    annotator("adjudicate", "--auto", "majority")
    shown = [row[1] for row in annotator("show", disputed).rows]
    assert shown == [
        "claim, settled: claim",
        "claim, settled: claim",
        "denial, settled: denial",
        "background",
    ]


def test_an_export_comes_back_byte_for_byte_and_twice_doubles_nothing(
    annotator: Command, disputed: str, folder: Path
) -> None:
    annotator("adjudicate", disputed, "--auto", "majority", "--reviewer", "lea")
    out = annotator("export").out
    (folder / "out.json").write_text(out, encoding="utf-8", newline="")
    for _ in range(2):
        result = annotator("import", "out.json", "--db", "other.db")
        assert result.status == 0, result.err
        assert annotator("export", "--db", "other.db").out == out
    assert annotator("verify", "--db", "other.db").status == 0
    assert annotator("import", "out.json").status == 0
    assert annotator("export").out == out


def test_the_history_tells_what_was_settled_and_how(annotator: Command, disputed: str) -> None:
    annotator("adjudicate", "--auto", "unanimous", "--reviewer", "lea")
    told = annotator("history", disputed, "--reviewer", "lea").rows[-1]
    assert told[-1] == "sentence 1: claim, by rule (unanimous)"


def test_pseudonyms_hide_the_lead_too(annotator: Command, disputed: str) -> None:
    del disputed
    annotator("adjudicate", "--auto", "majority", "--reviewer", "lea")
    out = annotator("export", "--pseudonyms").out
    assert "lea" not in json.dumps(json.loads(out)["documents"][0]["sentences"][0])


def test_nothing_disputed_is_a_calm_line(annotator: Command, article: str) -> None:
    for arguments in ((), (article,)):
        result = annotator("adjudicate", *arguments)
        assert (result.status, result.out) == (0, "")
        assert "There is nothing to settle" in result.err


def test_without_a_terminal_it_says_so(annotator: Command, disputed: str) -> None:
    result = annotator("adjudicate", disputed)
    assert result.status == 1
    assert "terminal" in result.message


def test_wrong_use_is_told_apart_from_what_does_not_exist(
    annotator: Command, disputed: str
) -> None:
    assert annotator("adjudicate", "--auto", "dice").status == 2
    assert annotator("adjudicate", disputed, "--json").status == 2
    result = annotator("adjudicate", "ffff", "--auto", "majority")
    assert result.status == 1
    assert "no document 'ffff'" in result.message
