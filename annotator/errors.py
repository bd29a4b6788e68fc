"""Everything that can go wrong, as one tree.

Each message is for a person: it names the thing, says what is wrong and what to do next.

    AnnotatorError
    ├── UsageError            the command line itself is wrong (exit status 2)
    ├── ConfigError           the user's settings are wrong
    ├── SchemeError           a label scheme is wrong, or does not fit the labels that were given
    ├── SourceError           an article cannot be read
    ├── UnknownNameError      a document, format or label that does not exist
    ├── ActError              a reviewer's act that is not possible here
    │   └── NothingToUndoError
    ├── StoreError            the database cannot be opened, read or written
    │   ├── NotSavedError     an act could not be committed
    │   └── NewerDatabaseError
    ├── NoTerminalError       the app was started where there is no terminal
    ├── AppFailedError        the app ended by a fault of its own
    └── OutputError           a file cannot be written
"""

from __future__ import annotations


class AnnotatorError(Exception):
    """Anything that the program can explain; `str()` is one sentence for a person."""


class UsageError(AnnotatorError):
    """The command line is wrong."""


class ConfigError(AnnotatorError):
    """The settings are wrong: says in which file, and where it can on which line."""


class SchemeError(AnnotatorError):
    """A label scheme is wrong, or would orphan labels."""


class SourceError(AnnotatorError):
    """A source cannot become a document."""


class UnknownNameError(AnnotatorError):
    """A name that is not known, with those that are."""


class ActError(AnnotatorError):
    """A reviewer's act that is not possible here."""


class NothingToUndoError(ActError):
    """The end of the history, in the direction asked for."""


class StoreError(AnnotatorError):
    """The database cannot be opened, read or written."""


class NotSavedError(StoreError):
    """An act was not committed; what is on the screen has not changed."""


class NewerDatabaseError(StoreError):
    """The database was made by a newer version of the program."""


class NoTerminalError(AnnotatorError):
    """There is no terminal to draw on."""


class AppFailedError(AnnotatorError):
    """The terminal app ended by a fault of its own."""


class OutputError(AnnotatorError):
    """A file cannot be written."""
