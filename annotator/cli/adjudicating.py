"""Settling what reviewers disagree on."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Final

import click

from annotator.cli.options import complete_documents, json_option, working_options
from annotator.cli.output import Column, say, write_json_list, write_table
from annotator.errors import UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from annotator.model.document import Document
    from annotator.session import Library
    from annotator.session.adjudicating import Adjudicating
    from annotator.session.rules import Outcome

COLUMNS: Final = (
    Column("id"),
    Column("title", gives_way="cut"),
    Column("settled", number=True),
    Column("labels"),
    Column("reopened", number=True),
    Column("open", number=True),
)


def _complete(
    ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    return complete_documents(ctx, incomplete)


@click.command("adjudicate", short_help="Settle what reviewers disagree on.")
@click.argument("document", metavar="[DOCUMENT]", required=False, shell_complete=_complete)
@click.option(
    "--auto",
    "rule",
    metavar="RULE",
    help="Settle by rule, without the screen: unanimous, or majority.",
)
@json_option
@working_options
def adjudicate_command(
    document: str | None,
    *,
    rule: str | None,
    as_json: bool,
    db: str | None,
    reviewer: str | None,
) -> None:
    """Settle what reviewers disagree on, one key a sentence. Nobody's label is changed.

    Without a DOCUMENT it begins with the first that has anything open, and goes on to the next.
    '--auto' settles without the screen, and leaves alone what was settled by hand: 'unanimous'
    where two reviewers or more labelled a sentence and all agree, 'majority' also where more than
    half of them do. One undo in the screen takes back what a rule settled in a document; before it
    the database is copied beside itself.

    \b
      annotator adjudicate
      annotator adjudicate 3f9c --reviewer lea
      annotator adjudicate --auto majority
    """
    if rule is not None:
        _settle_by_rule(document, rule, as_json=as_json, db=db, reviewer=reviewer)
    elif as_json:
        raise UsageError("'--json' is for what '--auto' settles: give both.")
    else:
        _open_screen(document, db=db, reviewer=reviewer)


def _settle_by_rule(
    name: str | None, rule: str, *, as_json: bool, db: str | None, reviewer: str | None
) -> None:
    from annotator.model.event import Rule
    from annotator.session import open_library
    from annotator.session.rules import settle_by_rule
    from annotator.store.backing_up import keeping

    if rule not in set(Rule):
        known = " and ".join(Rule)
        raise UsageError(f"There is no rule {rule!a} to settle by; the rules are {known}.")
    with (
        closing(open_library(db, reviewer=reviewer)) as library,
        keeping(library.location, "settling") as kept,
    ):
        outcomes = [
            settle_by_rule(library.store, found, Rule(rule), drafting=library.drafting)
            for found in _choose(library, name)
        ]
        has_changed = any(one.settled or one.reopened for one in outcomes)
        before = kept.confirm() if kept is not None and has_changed else None
    told = [one for one in outcomes if one.settled or one.reopened or one.left]
    if as_json:
        write_json_list(map(_describe, told))
    else:
        write_table(COLUMNS, map(_list_cells, told))
        say(_summarize(outcomes))
    if before is not None:
        say(f"as it was before, the database is in {before}")


def _choose(library: Library, name: str | None) -> list[Document]:
    if name is not None:
        return [library.resolve(name)]
    return [shelved.document for shelved in library.list_documents()]


def _summarize(outcomes: list[Outcome]) -> str:
    settled = sum(sum(one.settled.values()) for one in outcomes)
    left = sum(one.left for one in outcomes)
    sentences = "sentence" if settled == 1 else "sentences"
    rest = f"; {left:,} still open" if left else ", and nothing is left open"
    return f"{settled:,} {sentences} settled by rule{rest}."


def _list_cells(outcome: Outcome) -> tuple[str | int, ...]:
    return (
        outcome.document.id,
        outcome.document.title,
        sum(outcome.settled.values()),
        ", ".join(f"{label} {count}" for label, count in outcome.settled.items()),
        outcome.reopened,
        outcome.left,
    )


def _describe(outcome: Outcome) -> dict[str, object]:
    return {
        "document": outcome.document.id,
        "title": outcome.document.title,
        "settled": sum(outcome.settled.values()),
        "labels": dict(outcome.settled),
        "reopened": outcome.reopened,
        "open": outcome.left,
    }


def _open_screen(name: str | None, *, db: str | None, reviewer: str | None) -> None:
    from annotator.session import open_library

    with closing(open_library(db, reviewer=reviewer)) as library:
        found = _find(library, name)
        if found is None:
            return
        _check_terminal()
        library.check_writable()
        _run(library, found.document)


def _find(library: Library, name: str | None) -> Adjudicating | None:
    """The document named, or the first with anything open; `None`, and that is said, where there
    is nothing to settle.
    """
    from annotator.session.adjudicating import Adjudicating, find_next

    def sit_down(document: Document) -> Adjudicating:
        drafting = library.drafting
        return Adjudicating(library.store, document, scheme=library.scheme, drafting=drafting)

    documents = _choose(library, name)
    if name is None:
        found = find_next(documents, sit_down, library.store)
        if found is None:
            say("There is nothing to settle: reviewers disagree on nothing that is open.")
        return found
    found = sit_down(documents[0])
    if not found.disputes:
        say(f"There is nothing to settle in {documents[0].id}: reviewers disagree on nothing.")
        return None
    return found


def _check_terminal() -> None:
    from annotator.cli.labelling import check_terminal

    check_terminal("Adjudication", "'annotator adjudicate --auto majority'")


def _run(library: Library, document: Document) -> None:
    import os

    from annotator.config import read_settings

    settings = read_settings()
    os.environ.setdefault("TEXTUAL_FPS", "120")  # read when Textual is imported
    from annotator.tui.adjudication import run_adjudication

    if settings.keys:
        from annotator.tui.keymap import check_keys

        check_keys(settings.keys, scheme=library.scheme, source=settings.path)
    run_adjudication(library, document, settings=settings)
