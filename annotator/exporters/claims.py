"""The claims of a corpus as schema.org's `Claim`, in JSON-LD, for what checks facts next.

https://schema.org/Claim. One graph: an article, then its claims, in the text's order, each an
`appearance` in that article. A sentence is a claim where its settled label denies or can be denied,
by the label scheme; where nothing denies, where the label is called `claim`.

- A denial is a claim as well, `about` those that it denies: schema.org has no relation between
  claims, and names `about` for works on a claim. Its label is in `keywords`.
- `author` is who says it. It expects a person or an organisation, and which of them a speaker is
  nobody was asked: so it is a `Thing`, which both are.
- There is no `ClaimReview`: nobody has given a verdict.

A claim's id is the place of its sentence in the stored text: the text by its hash (RFC 6920), with
the fragment of RFC 5147, which counts code points from 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.errors import SchemeError
from annotator.exporters.json import write_value
from annotator.exporters.web_annotation import is_address, name_text
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.exporters import Corpus, LabelledDocument, LabelledSentence
    from annotator.model.document import Document
    from annotator.model.scheme import LabelScheme
    from annotator.model.span import Span

DESCRIPTION = "claims and denials as schema.org Claim (JSON-LD), with speaker and article"

LOSES: Final = (
    "sentences that are no claims, and those without a settled label",
    "the rest of the text",
    "who labelled, when, with what note and how sure",
    "the label scheme but for the names of the labels",
)

CONTEXT: Final = "https://schema.org"


def write(corpus: Corpus) -> Iterator[str]:
    """The whole file, piece by piece; one article or claim a line.

    `SchemeError` where the label scheme does not tell which sentences are claims.
    """
    labels = list_claim_labels(corpus.scheme)
    yield f'{{\n  "@context": {write_value(CONTEXT)},\n  "@graph": ['
    comma = ""
    for labelled in corpus.documents:
        for described in _describe_document(labelled, labels=labels):
            yield f"{comma}\n    {write_value(described)}"
            comma = ","
    yield "\n  ]\n}\n" if comma else "]\n}\n"


def list_claim_labels(scheme: LabelScheme) -> frozenset[str]:
    """The labels whose sentences are claims: what denies, and what can be denied.

    In a scheme where nothing denies it is the one called `claim`; `SchemeError` without.
    """
    names = {label.name for label in scheme.labels}
    found = {*scheme.labels_that_deny(), *scheme.labels_denied()} or ({"claim"} & names)
    if not found:
        raise SchemeError(
            f"Nothing in the label scheme '{show_line(scheme.name)}' says which sentences are"
            " claims: no label of it denies another and none is called claim; export another"
            " format, such as json."
        )
    return frozenset(found)


def _describe_document(
    labelled: LabelledDocument, *, labels: frozenset[str]
) -> Iterator[dict[str, object]]:
    document = labelled.document
    told = False
    for sentence in labelled.sentences:
        if sentence.label in labels:
            if not told:
                yield _describe_article(document)
                told = True
            yield _describe_claim(sentence, labelled)


def _describe_article(document: Document) -> dict[str, object]:
    described: dict[str, object] = {
        "@id": name_text(document),
        "@type": "Article",
        "name": document.title,
        "inLanguage": document.language,
    }
    if is_address(document.source):
        described["url"] = document.source
    elif document.source is not None:
        described["identifier"] = document.source
    if document.author is not None:
        described["author"] = _describe_author(document.author)
    if document.published is not None:
        described["datePublished"] = document.published
    return described


def _describe_claim(sentence: LabelledSentence, labelled: LabelledDocument) -> dict[str, object]:
    document, place = labelled.document, sentence.sentence
    settled = [said for said in sentence.annotations if said.label == sentence.label]
    speakers = sorted({said.speaker for said in settled if said.speaker is not None})
    denied = sorted({span for said in settled for span in said.denies})
    described: dict[str, object] = {
        "@id": _name_sentence(document, place.span),
        "@type": "Claim",
        "text": place.text,
        "inLanguage": document.language,
        "keywords": sentence.label,
        "position": place.index + 1,
        "appearance": {"@id": name_text(document)},
    }
    if speakers:
        authors = [_describe_author(speaker) for speaker in speakers]
        described["author"] = authors if len(authors) > 1 else authors[0]
    if denied:
        described["about"] = [_refer_to(labelled, span) for span in denied]
    return described


def _refer_to(labelled: LabelledDocument, span: Span) -> dict[str, object]:
    """What a denial denies, with its words: no settled claim stands there for sure."""
    return {
        "@id": _name_sentence(labelled.document, span),
        "text": labelled.text[span.start : span.end],
    }


def _describe_author(name: str) -> dict[str, object]:
    return {"@type": "Thing", "name": name}


def _name_sentence(document: Document, span: Span) -> str:
    return f"{name_text(document)}#char={span.start},{span.end}"
