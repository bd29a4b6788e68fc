"""Opening the terminal app."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from annotator.cli.options import complete_documents, working_options
from annotator.errors import (
    NoTerminalError,
    SourceError,
    UnknownNameError,
)

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from annotator.model.document import Document
    from annotator.session import Library


def _complete(
    ctx: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    # The shell forgets what comes before a request for files, so it stands first.
    return [CompletionItem(incomplete, type="file"), *complete_documents(ctx, incomplete)]


@click.command("review", short_help="Label a document or a file.")
@click.argument("name", metavar="[DOCUMENT|FILE]", required=False, shell_complete=_complete)
@click.option("--plain", is_flag=True, help="In plain lines: one answer a line, from stdin.")
@click.option("--again", is_flag=True, help="A second time, blind to your own first labels.")
@working_options
def review_command(
    name: str | None, *, plain: bool, again: bool, db: str | None, reviewer: str | None
) -> None:
    """Label a document, or a file, which is imported if it is new.

    A document goes by its id or the beginning of it. Without one, the document worked on last
    opens, at the first sentence without a label.

    \b
      annotator review 3f9c
      annotator review article.txt --reviewer ana
      annotator review --plain 3f9c
    """
    from annotator.session import open_library

    if plain:
        _review_in_lines(name, again=again, db=db, reviewer=reviewer)
        return
    check_terminal()
    with closing(open_library(db, reviewer=reviewer)) as library:
        document = _find_last(library) if name is None else _find(library, name)
        _open_app(library, document, again=again)


def _review_in_lines(
    name: str | None, *, again: bool, db: str | None, reviewer: str | None
) -> None:
    from annotator.cli.plain import review_in_lines
    from annotator.cli.sources import STANDARD_INPUT
    from annotator.session import open_library

    if name == STANDARD_INPUT:
        raise SourceError(
            "With --plain the standard input holds the answers, so it cannot be the article too:"
            " bring that in with 'annotator import -' first."
        )
    with closing(open_library(db, reviewer=reviewer)) as library:
        document = _find_last(library) if name is None else _find(library, name)
        library.check_writable()
        if not review_in_lines(library.open(document, again=again)):
            raise click.exceptions.Exit(1)


def go_on(*, db: str | None, reviewer: str | None) -> None:
    """What `annotator` alone does: the library, or at the very beginning the sample."""
    from annotator.session import open_library

    check_terminal()
    with closing(open_library(db, reviewer=reviewer)) as library:
        document = None
        if library.find_last_document() is None and not library.list_documents(deleted=True):
            document = _add_sample(library)
        _open_app(library, document)


def check_terminal(what: str = "Labelling", instead: str = "'annotator review --plain'") -> None:
    """`NoTerminalError` where there is none to draw on and read keys from; it says what needs one,
    and what does `instead` without.
    """
    streams = {
        "standard input": sys.stdin,
        "standard output": sys.stdout,
        "standard error": sys.stderr,
    }
    for name, stream in streams.items():
        if stream is None or not stream.isatty():
            raise NoTerminalError(
                f"{what} needs a terminal, and the {name} is none: run it in a terminal,"
                f" without a pipe or a redirection. {instead} needs none."
            )
    if os.environ.get("TERM") == "dumb":
        raise NoTerminalError(
            f"{what} needs a terminal that can place its text, and this one says that it cannot"
            f" (TERM=dumb): run it in another terminal, or use {instead}."
        )


def _open_app(library: Library, document: Document | None, *, again: bool = False) -> None:
    """Open the app on a document, or without one on the library."""
    from annotator.config import read_settings

    library.check_writable()
    settings = read_settings()
    # Everything that is imported on the way is there to stay, and each full collection would look
    # at all of it for nothing, a tenth of the time until the first sentence is painted. The app
    # turns collection on again once it is.
    gc.disable()
    try:
        # What one key changes is painted in up to three frames. Textual reads how far these are
        # apart when it is imported: a sixtieth of a second is long beside what painting takes.
        os.environ.setdefault("TEXTUAL_FPS", "120")
        from annotator.tui.app import run_app

        if settings.keys:
            from annotator.tui.keymap import check_keys

            check_keys(settings.keys, scheme=library.scheme, source=settings.path)
        run_app(library, document, settings=settings, again=again)
    finally:
        gc.enable()


def _find(library: Library, name: str) -> Document:
    """A document by its id, else a file: in this order, so that a file never hides a document."""
    from annotator.cli.sources import STANDARD_INPUT, is_there

    if name == STANDARD_INPUT:
        raise SourceError(
            "An article from a pipe leaves no terminal for the keys: bring it in with"
            " 'annotator import -', then run 'annotator review'."
        )
    try:
        return library.resolve(name)
    except UnknownNameError as error:
        if is_there(name):
            return _add_file(library, name)
        raise UnknownNameError(f"{error} Nor is there a file of that name.") from error


def _find_last(library: Library) -> Document:
    last = library.find_last_document()
    if last is not None:
        return last
    if library.list_documents(deleted=True):
        raise UnknownNameError(
            "Every document is deleted: 'annotator documents --deleted' lists them, and"
            " 'annotator restore ID' brings one back."
        )
    raise UnknownNameError(
        "The library is empty: bring an article in with 'annotator import FILE', or run"
        " 'annotator' to begin with the sample."
    )


def _add_file(library: Library, name: str) -> Document:
    from annotator.cli.output import say
    from annotator.cli.sources import read_source
    from annotator.session.sources import add_source

    documents = []
    for arrival, remarks in add_source(library, read_source(name)):
        documents.append(arrival.document)
        for remark in remarks:
            say(f"{name}: {remark}")
    if not documents:
        raise SourceError(f"{name} holds no article.")
    return documents[0]


def _add_sample(library: Library) -> Document:
    from annotator.model.document import Article
    from annotator.sample import read_sample
    from annotator.session.importing import add_article
    from annotator.text.normalize import title_of

    text = read_sample()
    article = Article(text=text, title=title_of(text), source="sample")
    return add_article(library, article).document
