"""`annotator assign`, and what the library and the status make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from annotator.session import Session
    from tests.cli.conftest import Command


@pytest.fixture
def ids(annotator: Command, folder: Path) -> list[str]:
    """Five documents of two sentences, by title."""
    return [
        annotator.import_(folder / f"{number}.txt", f"Title {number}\n\nIt rained in {number}.\n")
        for number in range(5)
    ]


def finish(session: Session) -> None:
    for index in range(session.document.sentence_count):
        session.annotate(index, "claim")


def test_everybody_gets_what_is_named(annotator: Command, ids: list[str]) -> None:
    result = annotator("assign", ids[0][:8], ids[1], "--to", "ana,ben")
    assert result.status == 0
    assert sorted(result.rows) == sorted(
        [id_, f"Title {number}", name, "first", "assigned"]
        for number, id_ in enumerate(ids[:2])
        for name in ("ana", "ben")
    )
    assert "ana 2, ben 2; 4 of these new; 2 documents have several reviewers" in result.err
    assert "ben has done nothing here yet" in result.err
    again = annotator("assign", *ids[:2], "--to", "ben,ana")
    assert {row[4] for row in again.rows} == {"as before"}
    assert len(annotator("history", ids[0], "--reviewer", "all").rows) == 3


def test_a_draw_is_told_so_that_it_can_be_repeated(annotator: Command, ids: list[str]) -> None:
    options = ("assign", "--all", "--to", "ana,ben", "--overlap", "0.2", "--seed", "7")
    found = annotator(*options, "--json").json
    assert found["seed"] == 7
    documents = [one["document"] for one in found["assignments"]]
    assert set(documents) == set(ids)
    assert len(documents) == 6, "a fifth of five is everybody's"
    result = annotator(*options)
    assert "drawn with --seed 7" in result.err
    assert {row[4] for row in result.rows} == {"as before"}


def test_fewer_than_asked_for_is_said(annotator: Command, ids: list[str]) -> None:
    result = annotator("assign", "--all", "--to", "ana,ben", "--per-reviewer", "4")
    assert len(result.rows) == len(ids)
    assert "not enough documents for 4 each: ana, ben got fewer" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--to", "ana"],
        ["--all", "0", "--to", "ana"],
        ["--all", "--to", " , "],
        ["--all", "--to", "ana", "--overlap", "2"],
        ["--all", "--to", "ana", "--per-reviewer", "0"],
        ["--all", "--to", "ana", "--remove", "--overlap", "0.2"],
        ["--all", "--to", "ana", "--again", "0.1", "--overlap", "0.2"],
        ["--all", "--to", "ana (again)"],
        ["--all"],
    ],
)
def test_wrong_usage_is_2_and_assigns_nothing(
    annotator: Command, ids: list[str], arguments: list[str]
) -> None:
    result = annotator("assign", *arguments)
    assert (result.status, result.out) == (2, "")
    assert result.message
    assert len(annotator("documents").rows[0]) == 5, ids


def test_a_document_that_is_not_there_is_1_and_assigns_nothing(
    annotator: Command, ids: list[str]
) -> None:
    result = annotator("assign", ids[0], "nothing", "--to", "ana")
    assert (result.status, result.out) == (1, "")
    assert len(annotator("documents").rows[0]) == 5


def test_the_library_has_mine_first_and_says_who_has_finished(
    annotator: Command, ids: list[str], label: Callable[..., None]
) -> None:
    assert annotator("assign", ids[3], ids[4], "--to", "ana,ben").status == 0
    label(ids[3], finish)
    label(ids[4], lambda session: session.annotate(0, "claim"), reviewer="ben")
    rows = annotator("documents").rows
    assert [row[0] for row in rows] == [ids[4], ids[3], *ids[:3]]
    assert [row[5:] for row in rows[:3]] == [
        ["assigned", "ben 50 %"],
        ["finished", "ben 0 %"],
        ["", ""],
    ]
    found = annotator("documents", "--json").json[0]
    assert (found["assigned_to_me"], found["again"]) == (True, False)
    assert found["others"] == [
        {"reviewer": "ben", "labelled": 1, "finished": False, "assigned": True}
    ]


def test_the_status_has_those_who_have_not_begun(
    annotator: Command, ids: list[str], label: Callable[..., None]
) -> None:
    annotator("assign", *ids[:2], "--to", "ana,ben")
    label(ids[0], finish)
    label(ids[2], finish)
    rows = annotator("status").rows
    assert [(row[2], row[4], row[13]) for row in rows] == [
        ("ana", "2", "finished"),
        ("ben", "0", "open"),
        ("ana", "0", "open"),
        ("ben", "0", "open"),
        ("ana", "2", ""),
        ("", "0", ""),
        ("", "0", ""),
    ]
    first = annotator("status", "--json").json[1]
    assert (first["reviewer"], first["assigned"], first["finished"]) == ("ben", True, False)


@pytest.mark.usefixtures("on_terminal")
def test_totals_are_of_what_is_assigned_or_worked_on(
    annotator: Command, ids: list[str], label: Callable[..., None]
) -> None:
    annotator("assign", *ids[:2], "--to", "ana,ben")
    label(ids[2], finish)
    out = annotator("status").out
    assert "2 of 6" in out, "ana's: two assigned, one worked on"
    assert "0 of 4" in out, "ben's"


def test_what_is_taken_away_leaves_its_labels(
    annotator: Command, ids: list[str], label: Callable[..., None]
) -> None:
    annotator("assign", ids[0], "--to", "ana,ben")
    label(ids[0], finish)
    result = annotator("assign", "--all", "--to", "ana,ben", "--remove")
    assert [row[2:] for row in result.rows] == [
        ["ana", "first", "taken away"],
        ["ben", "first", "taken away"],
    ]
    assert annotator("documents").rows[0] == [ids[0], "Title 0", "2", "2", "2"]


def test_a_second_pass_is_blind_and_kept_apart(
    annotator: Command,
    ids: list[str],
    label: Callable[..., None],
    type_in: Callable[[bytes], None],
) -> None:
    label(ids[1], finish)
    result = annotator("assign", "--all", "--to", "ana,ben", "--again", "0.1")
    assert result.rows == [[ids[1], "Title 1", "ana", "again", "assigned"]]
    assert "has finished none of these documents" in result.err
    assert [row[5] for row in annotator("documents").rows if row[0] == ids[1]] == ["again", ""]
    type_in(b"d\nd\n")
    told = annotator("review", "--plain", "--again", ids[1])
    assert "2 sentences, 0 labelled" in told.out
    assert [row[1] for row in annotator("show", ids[1]).rows] == ["claim", "claim"]
    again = annotator("show", ids[1], "--reviewer", "ana (again)").rows
    assert [row[1] for row in again] == ["denial", "denial"]
    assert annotator("verify").status == 0


def test_the_history_tells_who_was_assigned_what(annotator: Command, ids: list[str]) -> None:
    annotator("assign", ids[0], "--to", "ben")
    annotator("assign", ids[0], "--to", "ben", "--remove")
    told = [row[4] for row in annotator("history", ids[0]).rows]
    assert told[1:] == ["assigned to ben", "taken away from ben"]
