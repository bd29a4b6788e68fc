"""Every key of every screen: one table a screen, for the screen, the help, the palette, the README.

A key has an id, so that it can be moved with `[keys]` in the settings, and a group, under which the
help lists it.
"""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

LABELLING: Final = Binding.Group("Labelling")
MOVING: Final = Binding.Group("Moving")
FINDING: Final = Binding.Group("Finding")
REMARKS: Final = Binding.Group("Remarks")
LOOKING_UP: Final = Binding.Group("Looking up")
HISTORY: Final = Binding.Group("Undo")
LIBRARY: Final = Binding.Group("Documents")
PROGRAM: Final = Binding.Group("Program")

GROUPS: Final = (LABELLING, MOVING, FINDING, REMARKS, LOOKING_UP, HISTORY, LIBRARY, PROGRAM)
"""In the order in which the help shows them."""


def bind(id_: str, keys: str, action: str, *, group: Binding.Group, does: str) -> Binding:
    """`does` is what the help and the palette say; a comma in `keys` means "or".

    With priority, keys are done strictly one after another: without it Textual hands all that were
    typed to the screen first, and what follows an `n` would be lost before the note's line is open.
    """
    return Binding(keys, action, does, id=id_, group=group, tooltip=does, show=False, priority=True)


_EVERYWHERE: Final = (
    bind("keys", "question_mark,f1", "show_keys", group=PROGRAM, does="Show all keys"),
    bind("palette", "ctrl+p", "app.command_palette", group=PROGRAM, does="Find any action by name"),
    bind("suspend", "ctrl+z", "app.suspend_process", group=PROGRAM, does="Suspend, back with fg"),
    bind("quit", "q", "app.quit", group=PROGRAM, does="Quit; everything is saved"),
)

LABELLING_KEYS: Final = (
    # Before the note's key, which it takes the place of during a search.
    bind("next-match", "n", "go_to_match(1)", group=FINDING, does="Next match of the search"),
    bind("previous-match", "N", "go_to_match(-1)", group=FINDING, does="Previous match"),
    bind("accept", "enter", "accept", group=LABELLING, does="Accept the suggestion, where one is"),
    bind("clear", "x,delete", "clear", group=LABELLING, does="Clear the label"),
    bind("split", "S", "split", group=LABELLING, does="Split the sentence at a word"),
    bind("join", "J", "join", group=LABELLING, does="Join with the next of its paragraph"),
    bind("next", "j,down", "move(1)", group=MOVING, does="Next sentence"),
    bind("previous", "k,up", "move(-1)", group=MOVING, does="Previous sentence"),
    bind("first", "home", "go_to_first", group=MOVING, does="First sentence"),
    bind("last", "end", "go_to_last", group=MOVING, does="Last sentence"),
    bind("go-to", "g", "ask_where", group=MOVING, does="Go to a sentence by its number"),
    bind("page-down", "pagedown", "look(1)", group=MOVING, does="Look a screen further down"),
    bind("page-up", "pageup", "look(-1)", group=MOVING, does="Look a screen further up"),
    bind("next-open", "tab", "go_to_open(1)", group=MOVING, does="Next sentence without a label"),
    bind(
        "previous-open",
        "shift+tab",
        "go_to_open(-1)",
        group=MOVING,
        does="Previous sentence without a label",
    ),
    bind("find", "slash", "find", group=FINDING, does="Find text in the article"),
    bind("filter", "F", "filter", group=FINDING, does="Show only some sentences"),
    bind("unsure", "f", "flag_unsure", group=REMARKS, does="Unsure: flag on or off"),
    bind("note", "n", "note", group=REMARKS, does="Write a note"),
    bind("speaker", "s", "name_speaker", group=REMARKS, does="Name the speaker"),
    bind("links", "l", "link", group=REMARKS, does="Choose the claims that this denial denies"),
    bind("copy", "y", "copy", group=REMARKS, does="Copy the sentence with its source"),
    bind("guideline", "i", "show_guideline", group=LOOKING_UP, does="Read the guideline"),
    bind("history", "h", "show_history", group=LOOKING_UP, does="History of the sentence"),
    bind("others", "v", "show_others", group=LOOKING_UP, does="Others' labels for the sentence"),
    bind("undo", "u", "undo", group=HISTORY, does="Undo, without limit"),
    bind("redo", "U,ctrl+r", "redo", group=HISTORY, does="Redo"),
    bind("library", "escape,L", "leave", group=LIBRARY, does="Back to the library"),
    bind(
        "previous-document",
        "left_square_bracket",
        "open_neighbour(-1)",
        group=LIBRARY,
        does="Previous document",
    ),
    bind(
        "next-document",
        "right_square_bracket",
        "open_neighbour(1)",
        group=LIBRARY,
        does="Next document",
    ),
    *_EVERYWHERE,
)

LIBRARY_KEYS: Final = (
    bind("open", "enter", "open", group=LIBRARY, does="Open the document"),
    bind("import", "o", "import", group=LIBRARY, does="Import a file"),
    bind("export", "e", "export", group=LIBRARY, does="Export the document's labels"),
    bind("delete", "x,delete", "delete", group=LIBRARY, does="Delete; nothing is erased"),
    bind("restore", "r", "restore", group=LIBRARY, does="Restore what was deleted"),
    bind("deleted", "t", "show_deleted", group=LIBRARY, does="Show what was deleted, and back"),
    bind("next", "j,down", "move(1)", group=MOVING, does="Next document"),
    bind("previous", "k,up", "move(-1)", group=MOVING, does="Previous document"),
    bind("first", "home", "go_to_first", group=MOVING, does="First document"),
    bind("last", "end", "go_to_last", group=MOVING, does="Last document"),
    bind("page-down", "pagedown", "turn_page(1)", group=MOVING, does="A screen further down"),
    bind("page-up", "pageup", "turn_page(-1)", group=MOVING, does="A screen further up"),
    bind("filter-library", "slash", "filter", group=FINDING, does="Filter by title or source"),
    bind("search", "f", "search", group=FINDING, does="Search the text of all documents"),
    bind("sort", "s", "sort", group=FINDING, does="Sort by another column"),
    bind("back", "escape", "go_back", group=FINDING, does="End the filter; back to all documents"),
    bind("status", "p", "show_status", group=LOOKING_UP, does="Progress and pace"),
    bind("agreement", "A", "show_agreement", group=LOOKING_UP, does="How far reviewers agree"),
    bind("guideline", "i", "show_guideline", group=LOOKING_UP, does="Read the guideline"),
    *_EVERYWHERE,
)

SEARCH_KEYS: Final = (
    bind("search-open", "enter", "open", group=FINDING, does="Open the document at the sentence"),
    bind("search-next", "down", "move(1)", group=FINDING, does="Next sentence found"),
    bind("search-previous", "up", "move(-1)", group=FINDING, does="Previous sentence found"),
    bind("search-page-down", "pagedown", "turn_page(1)", group=FINDING, does="A screen down"),
    bind("search-page-up", "pageup", "turn_page(-1)", group=FINDING, does="A screen up"),
    bind("search-leave", "escape", "leave", group=LIBRARY, does="Back to the library"),
    # Letters are for the words here, so that none of these has its id elsewhere.
    bind("search-keys", "f1", "show_keys", group=PROGRAM, does="Show all keys"),
    bind(
        "search-palette",
        "ctrl+p",
        "app.command_palette",
        group=PROGRAM,
        does="Find any action by name",
    ),
    bind(
        "search-suspend",
        "ctrl+z",
        "app.suspend_process",
        group=PROGRAM,
        does="Suspend, back with fg",
    ),
)

ADJUDICATION_KEYS: Final = (
    bind("clear", "x,delete", "clear", group=LABELLING, does="Open the sentence again"),
    bind(
        "settle-unanimous",
        "s",
        "settle_unanimous",
        group=LABELLING,
        does="Settle by rule what all reviewers agree on",
    ),
    bind("next", "j,down", "move(1)", group=MOVING, does="Next disagreement"),
    bind("previous", "k,up", "move(-1)", group=MOVING, does="Previous disagreement"),
    bind("first", "home", "go_to_end(-1)", group=MOVING, does="First disagreement"),
    bind("last", "end", "go_to_end(1)", group=MOVING, does="Last disagreement"),
    bind("page-down", "pagedown", "look(1)", group=MOVING, does="Look a screen further down"),
    bind("page-up", "pageup", "look(-1)", group=MOVING, does="Look a screen further up"),
    bind("next-open", "tab", "go_to_open(1)", group=MOVING, does="Next that is not settled"),
    bind(
        "previous-open",
        "shift+tab",
        "go_to_open(-1)",
        group=MOVING,
        does="Previous that is not settled",
    ),
    bind("note", "n", "note", group=REMARKS, does="Write the reason"),
    bind("others", "v", "show_names", group=LOOKING_UP, does="Reviewers' names, shown or hidden"),
    bind("agreement", "a", "show_agreement", group=LOOKING_UP, does="How far reviewers agree"),
    bind("guideline", "i", "show_guideline", group=LOOKING_UP, does="Read the guideline"),
    bind("undo", "u", "undo", group=HISTORY, does="Undo, without limit"),
    bind("redo", "U,ctrl+r", "redo", group=HISTORY, does="Redo"),
    bind("library", "escape,L", "leave", group=LIBRARY, does="To the library"),
    bind(
        "previous-document",
        "left_square_bracket",
        "open_neighbour(-1)",
        group=LIBRARY,
        does="Previous document with something open",
    ),
    bind(
        "next-document",
        "right_square_bracket",
        "open_neighbour(1)",
        group=LIBRARY,
        does="Next document with something open",
    ),
    *_EVERYWHERE,
)

LABEL_ID: Final = "label-"
"""How the id of a label's key begins."""

DENY_ID: Final = "deny-"
"""How the id of the key begins that gives a denial's label and opens the picker."""

YIELDING: Final = frozenset({"copy", "others", "history", "guideline", "filter", "agreement"})
"""Actions whose keys a label of the scheme may take; they stay in the palette."""

FIXED: Final = frozenset({"accept"})
"""Actions whose keys stay where they are."""

ONLY_IN_SEARCH: Final = frozenset({"next-match", "previous-match"})
"""Actions that have their keys only while a search is on."""
