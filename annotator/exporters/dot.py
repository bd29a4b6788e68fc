"""A Graphviz digraph: what is denied, and by what.

A cluster for each document, in which stand its sentences whose label denies or can be denied, and
what they are linked to. A node says its sentence's number, its label and the beginning of its text.
Its shape is its label's, so that the graph can be read without colour; where reviewers differ it
has the shape of none, and says who gave which. An arrow from a denial to what it denies names the
reviewers who drew it.

Format: https://graphviz.org/doc/info/lang.html. In a quoted string `\\` begins an escape, and in a
label `&` an entity of HTML: both are written so that they mean themselves.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import Corpus, LabelledDocument, LabelledSentence

DESCRIPTION = "the graph of denials and what they deny, for Graphviz"
LOSES: Final = (
    "sentences whose label neither denies nor can be denied, unless they are linked",
    "all but the beginning of a sentence's text",
    "speakers, notes and flags",
    "a document's text, source, author, date and language",
    "when a label was given and changed",
)

LONGEST: Final = 90
"""The most code points of a sentence's text that a node shows, the ellipsis included."""

_WIDTH: Final = 34
_SHAPES: Final = ("box", "octagon", "ellipse", "hexagon", "parallelogram", "house", "trapezium")
_NO_SHAPE: Final = "note"


def write(corpus: Corpus) -> Iterator[str]:
    """The whole file, piece by piece."""
    yield "digraph denials {\n"
    yield '  graph [rankdir="LR", charset="UTF-8"];\n'
    yield '  node [fontname="sans-serif"];\n  edge [fontname="sans-serif"];\n'
    scheme = corpus.scheme
    shown = frozenset({*scheme.labels_that_deny(), *scheme.labels_denied()})
    shapes = {label.name: _SHAPES[at % len(_SHAPES)] for at, label in enumerate(scheme.labels)}
    for labelled in corpus.documents:
        yield from _write_document(labelled, shown=shown, shapes=shapes)
    yield "}\n"


def quote(text: str) -> str:
    """`text` as a quoted string that Graphviz shows as it is, on one line."""
    escaped = show_line(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{escaped}"'


def _write_document(
    labelled: LabelledDocument, *, shown: frozenset[str], shapes: dict[str, str]
) -> Iterator[str]:
    id_ = labelled.document.id
    yield f'\n  subgraph "cluster_{id_}" {{\n'
    yield f"    label={quote(_shorten(labelled.document.title) or id_)};\n"
    targets: dict[int, str] = {}
    arrows: dict[tuple[int, int], list[str]] = {}
    written: set[int] = set()
    for sentence in labelled.sentences:
        index = sentence.sentence.index
        for annotation in sentence.annotations:
            for span in annotation.denies:
                target = labelled.find_index(span.start)
                if target is not None:
                    arrows.setdefault((index, target), []).append(annotation.reviewer)
                    targets[target] = labelled.text[span.start : span.start + 2 * LONGEST]
        linked = any(annotation.denies for annotation in sentence.annotations)
        if linked or any(annotation.label in shown for annotation in sentence.annotations):
            yield _write_sentence(id_, sentence, shapes)
            written.add(index)
    for index in sorted(targets.keys() - written):
        # What was said of it, if anything, is not of the graph: a background that is denied.
        yield _write_node(id_, index, [], _shorten(targets[index]), shape=_NO_SHAPE)
    for (denial, denied), reviewers in sorted(arrows.items()):
        names = quote(", ".join(sorted(reviewers)))
        yield f'    "{id_}:{denial}" -> "{id_}:{denied}" [label={names}];\n'
    yield "  }\n"


def _write_sentence(id_: str, sentence: LabelledSentence, shapes: dict[str, str]) -> str:
    label = sentence.label
    if label is not None:
        said, shape = [label], shapes.get(label, _NO_SHAPE)
    else:
        said = [f"{one.reviewer}: {one.label}" for one in sentence.annotations if one.label]
        shape = _NO_SHAPE
    text = _shorten(sentence.sentence.text)
    return _write_node(id_, sentence.sentence.index, sorted(said), text, shape=shape)


def _write_node(id_: str, index: int, said: list[str], text: str, *, shape: str) -> str:
    head = f"{index + 1} {', '.join(said)}".rstrip()
    shown = "\\n".join(quote(line)[1:-1] for line in (head, *wrap(text, _WIDTH)))
    return f'    "{id_}:{index}" [shape={shape}, label="{shown}"];\n'


def _shorten(text: str) -> str:
    line = " ".join(text[: 4 * LONGEST].split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
