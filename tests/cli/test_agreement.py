"""`annotator agreement`."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.sample import read_sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.session import Session
    from tests.cli.conftest import Command

LABELS = {"c": "claim", "d": "denial", "b": "background"}


@pytest.fixture
def say(label: Callable[..., None]) -> Callable[[str, str, str], None]:
    """Give labels by their keys as a reviewer."""

    def give(document_id: str, reviewer: str, keys: str) -> None:
        def work(session: Session) -> None:
            for index, key in enumerate(keys):
                if key != ".":
                    session.annotate(index, LABELS[key])

        label(document_id, work, reviewer=reviewer)

    return give


@pytest.fixture
def worked(article: str, say: Callable[[str, str, str], None]) -> str:
    """Ana and Ben differ on one of four sentences; Ana did three of them again."""
    say(article, "ana", "ccdb")
    say(article, "ben", "ccdd")
    say(article, "ana (again)", "cbd.")
    return article


def test_a_row_for_each_figure(annotator: Command, worked: str) -> None:
    result = annotator("agreement")
    assert (result.status, result.err) == (0, "")
    found = {tuple(row[:5]): row[5:] for row in result.rows}
    value, low, high, n, reason = found["all", "ana, ben", "", "", "raw_agreement"]
    assert (value, n, reason) == ("0.750000", "4", "")
    assert float(low) <= 0.75 <= float(high)
    # The first reviewer's label stands before the second's.
    assert found["all", "ana, ben", "background", "denial", "confusion"][0] == "1"
    assert found["all", "ana, ben", "denial", "background", "confusion"][0] == "0"
    assert (worked, "ana, ben", "", "", "krippendorff_alpha") in found


def test_json_has_every_coefficient_with_n_and_interval(annotator: Command, worked: str) -> None:
    found = annotator("agreement", "--json").json
    assert (found["reviewers"], found["n"]) == (["ana", "ben"], 4)
    assert found["raw_agreement"]["value"] == 0.75
    for name in ("raw_agreement", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha"):
        assert found[name]["n"] == 4
    interval = found["raw_agreement"]["interval"]
    assert interval["low"] <= 0.75 <= interval["high"]
    # Of four sentences drawn anew, all have one label too often for an interval of alpha.
    assert "resamples have a figure" in found["krippendorff_alpha"]["interval"]["reason"]
    assert found["confusion"] == [[2, 0, 0], [0, 1, 0], [0, 1, 0]]
    assert [one["document"] for one in found["documents"]] == [worked]
    assert found["documents"][0]["title"] == "The bridge closed"


def test_the_same_seed_gives_the_same_bytes_and_another_another(
    annotator: Command, worked: str
) -> None:
    first = annotator("agreement", "--json").out
    assert annotator("agreement", "--json").out == first
    assert annotator("agreement", "--json", "--seed", "7").out != first
    assert annotator("agreement", "--resamples", "0", "--json").json["raw_agreement"][
        "interval"
    ] == {"low": None, "high": None, "reason": "No resamples were asked for."}


@pytest.mark.parametrize("keys", ["", "ccdb"])
def test_where_nothing_can_be_compared_it_is_undefined_and_no_error(
    annotator: Command, article: str, say: Callable[[str, str, str], None], keys: str
) -> None:
    say(article, "ana", keys)
    result = annotator("agreement")
    assert result.status == 0
    assert result.rows[0][5] == "undefined"
    assert result.rows[0][9]
    found = json.loads(annotator("agreement", "--json").out, parse_constant=pytest.fail)
    assert found["krippendorff_alpha"]["value"] is None
    assert found["krippendorff_alpha"]["reason"]
    annotator.on_terminal = True
    assert "undefined: " in annotator("agreement").out


def test_only_between_those_named(
    annotator: Command, worked: str, say: Callable[[str, str, str], None]
) -> None:
    say(worked, "cleo", "bbbb")
    assert annotator("agreement", "--json").json["reviewers"] == ["ana", "ben", "cleo"]
    for option in (["--between", "cleo, ana"], ["--between", "cleo", "--between", "ana"]):
        assert annotator("agreement", "--json", *option).json["reviewers"] == ["ana", "cleo"]


def test_an_unknown_reviewer_is_1_and_the_known_are_named(annotator: Command, worked: str) -> None:
    result = annotator("agreement", "--between", "ana,zoe")
    assert (result.status, result.out) == (1, "")
    assert "'zoe'" in result.message
    assert "ben" in result.message


def test_who_is_working_is_no_filter(annotator: Command, worked: str) -> None:
    assert annotator("agreement", "--reviewer", "ben").out == annotator("agreement").out


def test_a_document_that_is_not_there_is_1(annotator: Command, worked: str) -> None:
    result = annotator("agreement", "nothing")
    assert (result.status, result.out) == (1, "")
    assert "nothing" in result.message


def test_each_is_measured_beside_their_own_second_pass(annotator: Command, worked: str) -> None:
    (own,) = annotator("agreement", "--again", "--json").json["again"]
    assert (own["reviewer"], own["reviewers"], own["n"]) == ("ana", ["ana", "ana (again)"], 3)
    assert own["raw_agreement"]["value"] == pytest.approx(2 / 3)


def test_nobody_did_anything_again(annotator: Command, article: str) -> None:
    result = annotator("agreement", "--again")
    assert (result.status, result.out) == (0, "")
    assert result.message.startswith("undefined: Nobody")
    found = annotator("agreement", "--again", "--json").json
    assert found["again"] == []
    assert found["reason"].startswith("Nobody")


def test_the_labels_behind_the_figures_go_to_a_file(
    annotator: Command, worked: str, folder: Path
) -> None:
    result = annotator("agreement", "--csv", "labels.csv")
    assert result.out == annotator("agreement").out
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["document_id", "sentence_index", "sentence_id", "ana", "ben"]
    assert [row[3:] for row in rows] == [
        ["claim", "claim"],
        ["claim", "claim"],
        ["denial", "denial"],
        ["background", "denial"],
    ]
    assert annotator("agreement", "--csv", "-").out == (folder / "labels.csv").read_text("utf-8")


def test_two_outputs_cannot_share_stdout(annotator: Command, worked: str) -> None:
    assert annotator("agreement", "--csv", "-", "--json").status == 2


def test_the_csv_never_takes_the_databases_place(annotator: Command, worked: str) -> None:
    assert annotator("agreement", "--csv", "db/annotator.db").status == 1
    assert annotator("agreement").status == 0


def test_what_was_deleted_counts_for_nothing(annotator: Command, worked: str) -> None:
    assert annotator("delete", worked).status == 0
    assert annotator("agreement", "--json").json["raw_agreement"]["value"] is None


@pytest.mark.usefixtures("on_terminal")
def test_on_a_terminal_it_fits_80_columns(
    annotator: Command,
    worked: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = annotator("agreement", "--resamples", "200")
    lines = result.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0] == "Agreement between ana and ben"
    assert lines[2].split()[:4] == ["raw", "agreement", "4", "0.75"]
    assert "Confusion table: ana down, ben across" in lines
    table = lines[lines.index("Confusion table: ana down, ben across") :]
    assert table[1].split() == ["claim", "denial", "background"]
    assert table[4].split() == ["background", "0", "1", "0"]
    assert result.out.count("nan") == 0


@pytest.mark.usefixtures("on_terminal")
def test_a_name_from_outside_is_shown_literally(
    annotator: Command, worked: str, say: Callable[[str, str, str], None]
) -> None:
    say(worked, "[red]zed", "cccc")
    out = annotator("agreement").out
    assert "[red]zed" in out


@pytest.mark.usefixtures("on_terminal")
def test_the_readmes_example_is_what_the_command_prints(
    annotator: Command,
    folder: Path,
    say: Callable[[str, str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    document_id = annotator.import_(folder / "sample.txt", read_sample())
    say(document_id, "ana", "bccdcbbcdccbbdccbbcddbccbbcdbbb")
    say(document_id, "ben", "bccdcbbcccbbbdccbbcddbcbbbcdbdb")
    out = annotator("agreement").out
    example = out[: out.index("\nLinks of denials")]
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"```\n{example}```\n" in readme, example
