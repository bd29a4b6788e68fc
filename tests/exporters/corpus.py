"""What the exporters' tests write: one corpus by hand, and any that Hypothesis can think of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from annotator.exporters import Corpus, LabelledDocument, LabelledSentence
from annotator.model.annotation import Annotation
from annotator.model.document import Document, Sentence, derive_document_id, hash_text
from annotator.model.scheme import FACT_CHECK
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LABELS: Final = tuple(label.name for label in FACT_CHECK.labels)
CREATED: Final = "2026-11-23T08:00:00Z"
UPDATED: Final = "2026-11-23T08:05:00Z"

PARAGRAPHS: Final = (
    ("🔥🇸🇾 The dam broke 👩‍👩‍👧 on Friday.", "=SUM(A1) was the mayor’s cafe\u0301 bill."),
    ("“That is not true,” the operator said.", "قال المتحدث إن السد سليم."),
    ("Nobody has\tsaid anything of this.",),
)
"""An emoji before a label, a formula, a combining accent, right-to-left text, a tab."""


def make_document(
    paragraphs: Iterable[Sequence[str]],
    said: Mapping[int, Sequence[Annotation]],
    *,
    title: str = "The dam",
    source: str | None = "https://example.org/dam",
    author: str | None = "Ana Example",
    published: str | None = "2026-11-20",
    language: str = "en",
) -> LabelledDocument:
    """A document of these sentences, with what was said of them by index.

    The annotations' own spans are replaced by their sentences', and their `denies`, of which each
    is written as `Span(index, index)`, by those of the sentences with that index.
    """
    text, sentences = lay_out(paragraphs)
    spans = [sentence.span for sentence in sentences]
    labelled = [
        LabelledSentence(
            sentence,
            tuple(
                replace(
                    one,
                    span=sentence.span,
                    denies=tuple(sorted(spans[target.start] for target in one.denies)),
                )
                for one in said.get(sentence.index, ())
            ),
        )
        for sentence in sentences
    ]
    hashed = hash_text(text)
    document = Document(
        id=derive_document_id(hashed),
        title=title,
        source=source,
        author=author,
        published=published,
        language=language,
        sha256=hashed,
        imported_at=CREATED,
        replaces=None,
        sentence_count=len(sentences),
        deleted=False,
    )

    def find_index(start: int) -> int | None:
        found = (one.index for one in sentences if one.span.start <= start < one.span.end)
        return next(found, None)

    return LabelledDocument(document, text, labelled, find_index)


def lay_out(paragraphs: Iterable[Sequence[str]]) -> tuple[str, list[Sentence]]:
    """A text, its sentences a space apart and its paragraphs a blank line."""
    text, sentences = "", list[Sentence]()
    for number, paragraph in enumerate(paragraphs):
        text += "\n\n" if number else ""
        for place, sentence in enumerate(paragraph):
            text += " " if place else ""
            span = Span(len(text), len(text) + len(sentence))
            sentences.append(Sentence(len(sentences), number, span, sentence))
            text += sentence
    return text, sentences


def say(
    label: str | None,
    reviewer: str = "ana",
    *,
    speaker: str | None = None,
    note: str | None = None,
    unsure: bool = False,
    denies: Sequence[int] = (),
    updated_at: str = UPDATED,
) -> Annotation:
    """An annotation for `make_document`: `denies` are indexes."""
    return Annotation(
        span=Span(0, 1),
        reviewer=reviewer,
        label=label,
        speaker=speaker,
        note=note,
        unsure=unsure,
        denies=tuple(Span(index, index) for index in denies),
        created_at=CREATED,
        updated_at=updated_at,
    )


def golden_corpus() -> Corpus:
    """Two documents: of the first, two reviewers have said everything that can be said."""
    first = make_document(
        PARAGRAPHS,
        {
            0: [say("claim"), say("claim", "ben", note="seen\non TV; “sic”")],
            1: [say("background", unsure=True), say("claim", "ben", speaker="=the mayor")],
            2: [say("denial", speaker="the operator", denies=[0, 1]), say("denial", "ben")],
            3: [say(None, note="who is <this> & why?")],
        },
    )
    second = make_document(
        [("Another article.", "It has no label.")],
        {},
        title="<b>Another</b> & more",
        source=None,
        author=None,
        published=None,
        language="de",
    )
    documents = sorted([first, second], key=lambda one: one.document.id)
    return Corpus(FACT_CHECK, documents)


_WORDS: Final = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcXYZ é“”’,;:'\"=+-@<>&|\\/#{}[]🔥👩‍👧日本\u0301\u0627\u202b"),
        st.characters(codec="utf-8", exclude_categories=["C", "Z"]),
    ),
    min_size=1,
    max_size=20,
)
SENTENCES: Final = _WORDS.map(str.strip).filter(bool)
_REMARKS: Final = st.none() | SENTENCES


@st.composite
def documents(draw: st.DrawFn, *, reviewers: Sequence[str] = ("ana", "ben")) -> LabelledDocument:
    """Any document, and anything that these reviewers may have said of it."""
    one = st.lists(SENTENCES, min_size=1, max_size=4)
    paragraphs = draw(st.lists(one, min_size=1, max_size=3))
    count = sum(len(paragraph) for paragraph in paragraphs)
    said: dict[int, list[Annotation]] = {}
    for index in range(count):
        for reviewer in reviewers:
            label = draw(st.sampled_from([None, *LABELS]))
            others = [other for other in range(count) if other != index]
            denies = st.lists(st.sampled_from(others), unique=True, max_size=3)
            annotation = say(
                label,
                reviewer,
                speaker=draw(_REMARKS) if label else None,
                note=draw(_REMARKS),
                unsure=draw(st.booleans()),
                denies=draw(denies) if label == "denial" and others else (),
            )
            if not annotation.is_empty:
                said.setdefault(index, []).append(annotation)
    title = draw(SENTENCES)
    return make_document(paragraphs, said, title=title)


@st.composite
def corpora(draw: st.DrawFn, *, reviewers: Sequence[str] = ("ana", "ben")) -> Corpus:
    """Any corpus of one to three documents, no text twice."""
    found = draw(st.lists(documents(reviewers=reviewers), min_size=1, max_size=3))
    by_id = {one.document.id: one for one in found}
    return Corpus(FACT_CHECK, [by_id[id_] for id_ in sorted(by_id)])
