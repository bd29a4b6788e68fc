"""What programs suggest: how it comes in, when it is shown, and what accepting it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import ActError, UnknownNameError
from annotator.exporters import Corpus
from annotator.exporters.json import write
from annotator.model.document import Article, Link
from annotator.model.event import EventKind
from annotator.model.scheme import FACT_CHECK
from annotator.model.span import Span
from annotator.readers import Reading, Said, Source, annotator
from annotator.session.bulk import Ready, Terms, _prepare_article, prepare, shelve_all
from annotator.session.clock import SystemClock
from annotator.session.exporting import read_labelled
from annotator.session.importing import add_reading, lay_out
from annotator.session.progress import Progress
from annotator.session.suggesting import find_shown
from annotator.session.telling import tell
from annotator.session.verification import verify
from annotator.store.memory import MemoryStore
from annotator.text.fitting import find_clear
from tests.builders import make_library
from tests.schemes import STANCE

if TYPE_CHECKING:
    from annotator.session.labelling import Session
    from annotator.session.library import Arrival, Library

TEXT = "The harbour was mined. The ministry denies that. Nobody was hurt, it says.\n"
MINED, DENIED, HURT = Span(0, 22), Span(23, 48), Span(49, 74)
ARTICLE = Article(TEXT, "The harbour")
DENIAL = Said(DENIED, "denial", "model:x", speaker="the ministry", denies=(MINED,))
CLAIM = Said(MINED, "claim", "model:x")


def bring(library: Library, *found: Said, said: tuple[Said, ...] = ()) -> tuple[Arrival, list[str]]:
    reading = Reading(ARTICLE, said=said, suggestions=found)
    arrival, remarks = add_reading(library, reading, name="tasks.json")
    return arrival, list(remarks)


def open_with(library: Library, *found: Said) -> Session:
    return library.open(bring(library, *found)[0].document)


def list_kinds(session: Session) -> list[EventKind]:
    return [event.kind for event in session.store.read_events(session.document.id)]


# -- coming in


def test_suggestions_come_in_with_the_program_that_made_them(library: Library) -> None:
    arrival, remarks = bring(library, DENIAL, CLAIM)
    assert (arrival.suggested, arrival.received) == (2, 0)
    assert remarks == ["2 suggestions came with it"]
    claim, denial = library.store.read_suggestions(arrival.document.id)
    assert (claim.span, claim.program, claim.label) == (MINED, "model:x", "claim")
    assert (denial.label, denial.speaker, denial.denies) == ("denial", "the ministry", (MINED,))
    assert all(proof.holds for proof in verify(library.store))


def test_suggestions_are_no_labels(library: Library) -> None:
    session = open_with(library, DENIAL, CLAIM)
    assert session.measure_progress() == Progress(3, {})
    assert session.find_resumption() == 0


def test_bringing_suggestions_in_is_no_work_at_the_document(library: Library) -> None:
    session = open_with(library, Said(HURT, "claim", "model:x"))
    session.annotate(1, "denial")
    library.open(bring(library, CLAIM)[0].document)
    assert library.store.find_last_act(session.document.id, reviewer="ana") == 1
    with_none = make_library(MemoryStore(), "lea")
    id_ = bring(with_none, CLAIM, Said(HURT, "claim", "model:x"))[0].document.id
    assert with_none.store.find_last_act(id_, reviewer="lea") is None


def test_the_same_suggestions_twice_bring_nothing_twice(library: Library) -> None:
    bring(library, DENIAL, CLAIM)
    before = library.store.count_rows()
    arrival, remarks = bring(library, DENIAL, CLAIM)
    assert (arrival.suggested, remarks) == (0, [])
    assert library.store.count_rows() == before


def test_two_who_import_the_same_file_bring_an_event_each(library: Library) -> None:
    bring(library, CLAIM)
    lea = make_library(library.store, "lea")
    assert bring(lea, CLAIM)[0].suggested == 1
    assert len(list(library.store.read_suggestions(bring(lea)[0].document.id))) == 1


def test_a_newer_word_of_a_program_takes_the_place_of_its_older(library: Library) -> None:
    session = open_with(library, CLAIM)
    assert bring(library, Said(MINED, "background", "model:x"))[0].suggested == 1
    shown = find_shown(session.read_place(0), session.scheme)
    assert shown is not None
    assert shown.label == "background"


def test_a_suggestion_makes_its_span_a_sentence(library: Library) -> None:
    session = open_with(library, Said(Span(4, 11), "claim", "model:x"))
    texts = [place.sentence.text for place in session.read_places(0, count=9)]
    assert texts[:3] == ["The", "harbour", "was mined."]


def test_what_people_said_keeps_its_sentence(library: Library) -> None:
    overlapping = Said(Span(4, 30), "background", "model:x")
    arrival, remarks = bring(library, overlapping, DENIAL, said=(Said(MINED, "claim", "lea"),))
    assert arrival.suggested == 1
    assert remarks == [
        "1 suggestion left out: of no sentence, or overlapping one that has a label",
        "1 suggestion came with it",
    ]
    places = library.open(arrival.document).read_places(0, count=9)
    assert [place.sentence.span for place in places] == [MINED, DENIED, HURT]


def test_a_document_that_is_here_keeps_its_sentences(library: Library) -> None:
    bring(library)
    arrival, remarks = bring(library, Said(Span(4, 11), "claim", "model:x"), CLAIM)
    assert arrival.suggested == 1
    assert remarks[0].startswith("1 suggestion left out")


def test_labels_that_the_scheme_does_not_have_are_named_five_at_most(library: Library) -> None:
    _, remarks = bring(library, Said(MINED, "rumour", "model:x"))
    assert remarks[0] == (
        "1 suggestion has a label that the scheme does not ('rumour'): kept, and not shown"
    )
    names = [f"l{number}" for number in range(7)]
    found = [Said(HURT, name, f"model:{name}") for name in names]
    _, remarks = bring(library, *found, Said(Span(1, 9), "claim", "model:y"))
    assert remarks[:2] == [
        "1 suggestion left out: of no sentence, or overlapping one that has a label",
        "7 suggestions have a label that the scheme does not ('l0', 'l1', 'l2', 'l3', 'l4'"
        " and 2 more): kept, and not shown",
    ]


def test_labels_that_the_scheme_does_not_have_are_kept_and_not_shown(library: Library) -> None:
    arrival, remarks = bring(library, Said(MINED, "rumour\x1b", "model:x"))
    assert arrival.suggested == 1
    (unknown, came) = remarks
    assert unknown.startswith("1 suggestion has a label that the scheme does not ('rumour")
    assert "\x1b" not in unknown
    assert came == "1 suggestion came with it"
    session = library.open(arrival.document)
    assert session.read_place(0).suggestion is not None
    assert find_shown(session.read_place(0), session.scheme) is None


def test_many_files_at_once_bring_their_suggestions() -> None:
    library = make_library(MemoryStore())
    task = (
        '[{"data": {"text": "One is. Two is."}, "predictions": [{"model_version": "m", "result":'
        ' [{"id": "1", "from_name": "label", "to_name": "text", "type": "labels", "value":'
        ' {"start": 0, "end": 7, "text": "One is.", "labels": ["claim"]}}]}]}]'
    )
    source = Source("tasks.json", task.encode())
    for known in (frozenset[str](), frozenset({"anything"})):
        terms = Terms("label-studio", known=known)
        brought = list(shelve_all(library, prepare(source, terms), clock=SystemClock()))
        assert [one.error for one in brought] == [None, None]
    assert brought[0].arrival is not None
    (suggestion,) = library.store.read_suggestions(brought[0].arrival.document.id)
    assert (suggestion.program, suggestion.label) == ("model:m", "claim")


def test_a_document_that_is_known_gets_suggestions_from_many_files() -> None:
    library = make_library(MemoryStore())
    id_ = bring(library)[0].document.id
    terms = Terms(known=frozenset({id_}))
    reading = Reading(ARTICLE, suggestions=(CLAIM,))
    assert isinstance(_prepare_article("tasks.json", reading, terms, None), Ready)


def test_an_export_with_its_history_brings_suggestions_back(library: Library) -> None:
    session = open_with(library, DENIAL, CLAIM)
    session.accept(0)
    corpus = Corpus(FACT_CHECK, read_labelled(library.store, [session.document], history=True))
    with library.store.snapshot():
        written = "".join(write(corpus))
    other = make_library(MemoryStore(), "lea")
    for expected in (2, 0):
        (reading,) = annotator.read(Source("export.json", written.encode()))
        arrival, _ = add_reading(other, reading, name="export.json")
        assert arrival.suggested == expected
    again = other.open(arrival.document)
    assert again.read_place(1).suggestion == session.read_place(1).suggestion
    shown = Corpus(FACT_CHECK, read_labelled(other.store, [session.document], history=True))
    with other.store.snapshot():
        assert "".join(write(shown)) == written


SPANS = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 70), st.integers(1, 30)
)


@given(said=st.lists(SPANS, max_size=5), suggested=st.lists(SPANS, max_size=5))
def test_a_suggestion_never_moves_what_people_said(said: list[Span], suggested: list[Span]) -> None:
    labelled = tuple(Said(span, "claim", "lea") for span in said if span.end <= len(TEXT))
    offered = tuple(Said(span, "claim", "m") for span in suggested if span.end <= len(TEXT))
    alone, remarks = lay_out(Reading(ARTICLE, said=labelled))
    both, told = lay_out(Reading(ARTICLE, said=labelled, suggestions=offered))
    assert told == remarks
    wanted = {one.span for one in labelled}
    assert {span for _, span in alone} & wanted <= {span for _, span in both}


@given(spans=st.lists(SPANS), taken=st.lists(SPANS))
def test_what_is_clear_shares_nothing_with_what_is_taken(
    spans: list[Span], taken: list[Span]
) -> None:
    def is_clear(span: Span) -> bool:
        return span in taken or all(t.end <= span.start or span.end <= t.start for t in taken)

    assert find_clear(spans, sorted(taken)) == sorted(span for span in spans if is_clear(span))


# -- accepting


def test_accepting_says_all_that_is_suggested_in_one_step(library: Library) -> None:
    session = open_with(library, DENIAL)
    session.annotate(0, "claim")
    before = list_kinds(session)
    change = session.accept(1)
    assert (change.index, change.before) == (1, None)
    assert change.after is not None
    assert (change.after.label, change.after.speaker) == ("denial", "the ministry")
    place = session.read_place(1)
    assert place.denies == (Link(0, "claim"),)
    assert list_kinds(session)[len(before) :] == [
        EventKind.LABEL,
        EventKind.SPEAKER,
        EventKind.DENIES,
    ]
    assert session.measure_progress().counts == {"claim": 1, "denial": 1}
    assert session.undo().after is None
    assert find_shown(session.read_place(1), session.scheme) is not None
    assert session.redo().after == change.after


def test_a_link_is_only_to_what_can_be_denied(library: Library) -> None:
    session = open_with(library, Said(DENIED, "denial", "m", denies=(MINED, DENIED, HURT)))
    session.annotate(2, "background")
    session.accept(1)
    assert session.read_place(1).denies == ()


def test_a_speaker_that_the_reviewer_named_stays(library: Library) -> None:
    session = open_with(library, DENIAL)
    session.name_speaker(1, "a spokeswoman")
    after = session.accept(1).after
    assert after is not None
    assert after.speaker == "a spokeswoman"


def test_a_note_and_a_flag_stay(library: Library) -> None:
    session = open_with(library, CLAIM)
    session.note(0, "look again")
    session.flag_unsure(0, unsure=True)
    after = session.accept(0).after
    assert after is not None
    assert (after.label, after.note, after.unsure) == ("claim", "look again", True)


def test_nothing_is_accepted_where_nothing_is_suggested(library: Library) -> None:
    session = open_with(library, CLAIM)
    with pytest.raises(ActError, match="Nothing is suggested for sentence 2"):
        session.accept(1)
    with pytest.raises(ActError, match="There is no sentence 9"):
        session.accept(8)


def test_nothing_is_accepted_where_a_label_is(library: Library) -> None:
    session = open_with(library, CLAIM)
    session.annotate(0, "background")
    assert find_shown(session.read_place(0), session.scheme) is None
    with pytest.raises(ActError, match="Sentence 1 is background already"):
        session.accept(0)
    session.clear(0)
    assert find_shown(session.read_place(0), session.scheme) is not None


def test_another_reviewers_label_hides_nothing(library: Library) -> None:
    session = open_with(library, CLAIM)
    make_library(library.store, "lea").open(session.document).annotate(0, "claim")
    assert find_shown(session.read_place(0), session.scheme) is not None


def test_a_label_that_somebody_has_taken_out_of_the_scheme_is_not_given(library: Library) -> None:
    session = open_with(library, CLAIM)
    make_library(library.store, "lea").set_scheme(STANCE)
    with pytest.raises(UnknownNameError):
        session.accept(0)
    assert list_kinds(session)[-1] is not EventKind.LABEL


def test_the_history_tells_everybody_what_was_suggested(library: Library) -> None:
    session = open_with(library, DENIAL)
    told = tell(library.store, session.document, reviewer="lea")
    assert [one.what for one in told if one.kind is EventKind.SUGGEST] == [
        "denial for sentence 2, by model:x"
    ]
