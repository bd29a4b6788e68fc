"""The command line: the commands by name, and errors as exit statuses.

A command's module is imported when its name is typed, and what the command needs when it runs, so
that `annotator --help` costs little more than click.
"""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from annotator import __version__
from annotator.cli.ending import clearing_away
from annotator.cli.options import working_options
from annotator.cli.sources import is_there
from annotator.errors import AnnotatorError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

__all__ = ["COMMANDS", "command_line", "main"]

COMMANDS: Final = {
    "review": "labelling",
    "import": "importing",
    "update": "updating",
    "documents": "library",
    "show": "inspecting",
    "history": "history",
    "status": "status",
    "delete": "library",
    "restore": "library",
    "export": "exporting",
    "schema": "exporting",
    "formats": "exporting",
    "guideline": "about",
    "agreement": "agreement",
    "adjudicate": "adjudicating",
    "scheme": "scheme",
    "assign": "assigning",
    "rename-reviewer": "renaming",
    "merge": "merging",
    "verify": "about",
    "backup": "backing_up",
    "copy": "merging",
    "recover": "backing_up",
    "config": "config",
    "info": "about",
}
"""Each command's module, in the order of the help."""

_OF_A_STREAM: Final = frozenset({errno.EBADF, errno.EIO, errno.ENOSPC, errno.EPIPE, errno.EINVAL})
"""What writing to a stream ends in: closed, a disk that fails or is full, nobody who reads."""

INTERRUPTED: Final = 130
"""What shells report of a program ended by Ctrl+C: 128 and the signal's number."""


class CommandsAndFiles(click.Group):
    """Commands by name; a file's name in a command's place reviews that file."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """In the order in which one comes to need them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"{__name__}.{COMMANDS[cmd_name]}")
        found = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A command, or `review` where the first argument is a file."""
        name = args[0]
        looks_like_option = name.startswith("-") and name != "-"
        if name in COMMANDS or looks_like_option or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        if name == "-" or is_there(name):
            return "review", self.get_command(ctx, "review"), args
        raise click.UsageError(_describe_neither(name), ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, else files."""
        from click.shell_completion import CompletionItem

        # First, since the shell forgets the words that come before it.
        files = [CompletionItem(incomplete, type="file")]
        return [*files, *super().shell_complete(ctx, incomplete)]


@click.group(
    cls=CommandsAndFiles,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND | FILE] [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@working_options
@click.version_option(__version__, message="annotator %(version)s")
@click.pass_context
def command_line(ctx: click.Context, *, db: str | None, reviewer: str | None) -> None:
    """Label a news article sentence by sentence: claim, denial or background, one key each.

    Without a command it opens the library, or a sample article if there is none yet; with a FILE
    it opens that. Every label is saved as it is set.

    \b
      annotator                    choose what to label, or begin with the sample
      annotator article.txt        label an article
      annotator export -o out.json write what has been labelled
    """
    if ctx.invoked_subcommand is None:
        from annotator.cli.labelling import go_on

        go_on(db=db, reviewer=reviewer)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit status. Without `arguments`, with the command line's.

    0: it happened; 1: it could not, and one line on stderr says why; 2: wrong usage.
    """
    try:
        with clearing_away():
            status: object = command_line.main(
                None if arguments is None else list(arguments),
                prog_name="annotator",
                standalone_mode=False,
            )
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        _say(_describe_usage(error))
        return error.exit_code
    except OSError as error:
        _say(_describe_refusal(error))
        return 1
    except AnnotatorError as error:
        _say(str(error))
        return 2 if isinstance(error, UsageError) else 1
    return status if isinstance(status, int) else 0


def _say(message: str) -> None:
    from annotator.cli.output import say

    say(message)


def _describe_refusal(error: OSError) -> str:
    """What the system did not allow, where whoever asked for it has no better words."""
    if error.filename is not None:
        named = error.filename if isinstance(error.filename, str) else repr(error.filename)
        return f"{named} cannot be used: {error.strerror}. See to that, and try again."
    if error.errno in _OF_A_STREAM:
        # Click's own help and version are written past `output`, which says this itself.
        return f"The standard output cannot be written: {error.strerror}."
    return f"The system did not allow it: {error.strerror or error}."


def _describe_usage(error: click.ClickException) -> str:
    message = error.format_message()
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return message if ctx is None else f"{message} See '{ctx.command_path} --help'."


def _describe_neither(name: str) -> str:
    from difflib import get_close_matches

    close = [f"'annotator {near}'" for near in get_close_matches(name, COMMANDS)]
    guess = f" Did you mean {' or '.join(close)}?" if close else ""
    return (
        f"'{name}' is neither a command nor a file here.{guess}"
        " 'annotator review ID' opens a document by its id."
    )


if __name__ == "__main__":
    sys.exit(main())
