"""Who may be the speaker of a sentence, the likeliest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.text.quotations import find_quotation
from annotator.text.speakers import find_speakers, is_variant, names_by_pronoun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model.document import Place
    from annotator.session.labelling import Session

BEFORE: Final = 15
AFTER: Final = 5
"""Sentences around this one in which names are looked for: never the whole document."""


def offer_speakers(session: Session, index: int) -> list[str]:
    """Names for the speaker of a sentence, each once (case aside), the likeliest first.

    Whoever the sentence itself names; for a part of a quotation that names nobody, whoever the
    sentences of the paragraph say that it is from; for `he said`, the one before; then those whom
    the reviewer has named in this document, most often first; then other names found nearby. A name
    that may be a variant of one that the reviewer has given makes way for that: so one speaker
    keeps one name.
    """
    first = max(index - BEFORE, 0)
    places = session.read_places(first, count=index - first + 1 + AFTER)
    here = index - first
    used = session.store.list_speakers(session.document.id, reviewer=session.reviewer)
    given = [*_list_recent(places, here), *used]
    earlier = list(_list_nearby(places[:here], here))
    names: list[str] = []
    for name in _list_likely(places, here):
        names += [*_list_given(name, given), *_list_fuller(name, earlier), name]
    names += [*used, *_list_nearby(places, here)]
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(name.casefold(), name)
    return list(once.values())


def _list_likely(places: Sequence[Place], here: int) -> Iterator[str]:
    """Names in the sentence itself, else those that its quotation or its pronoun leads to."""
    text = places[here].sentence.text
    named = find_speakers(text)
    if named:
        yield from named
    elif names_by_pronoun(text):
        yield from _first_named(places, range(here - 1, -1, -1))
    elif find_quotation(text).is_quoted or _is_inside(places, here):
        yield from _first_named(places, _list_around(places, here))


def _list_around(places: Sequence[Place], here: int) -> list[int]:
    """The other sentences of the paragraph, first on the side where the quotation goes on.

    A quotation that ends with the sentence has its speaker before it, most of the time.
    """
    paragraph = places[here].sentence.paragraph
    before: list[int] = []
    after: list[int] = []
    for at, place in enumerate(places):
        if place.sentence.paragraph == paragraph and at != here:
            (before if at < here else after).append(at)
    before.reverse()
    ends_inside = find_quotation(places[here].sentence.text).ends_inside
    return [*after, *before] if ends_inside or _is_inside(places, here) else [*before, *after]


def _is_inside(places: Sequence[Place], here: int) -> bool:
    """Whether a quotation that was opened in an earlier sentence of the paragraph still is."""
    paragraph, inside = places[here].sentence.paragraph, False
    for place in places[:here]:
        if place.sentence.paragraph != paragraph:
            continue
        quotation = find_quotation(place.sentence.text)
        inside = quotation.ends_inside or (inside and not quotation.is_quoted)
    return inside and not find_quotation(places[here].sentence.text).is_quoted


def _first_named(places: Sequence[Place], order: Iterable[int]) -> list[str]:
    """The speaker of the first of these sentences for which there is one: as given, else found."""
    for at in order:
        names = _names_of(places[at])
        if names:
            return names
    return []


def _names_of(place: Place) -> list[str]:
    given = None if place.annotation is None else place.annotation.speaker
    return [given] if given is not None else find_speakers(place.sentence.text)


def _list_nearby(places: Sequence[Place], here: int) -> Iterator[str]:
    """Names found around the sentence, the nearest first, of two as near the earlier one first."""
    by_distance = sorted(range(len(places)), key=lambda at: (abs(at - here), at))
    for at in by_distance:
        yield from find_speakers(places[at].sentence.text)


def _list_recent(places: Sequence[Place], here: int) -> list[str]:
    """Whom the reviewer has named in the sentences before this one, the nearest first."""
    given = (place.annotation for place in reversed(places[:here]))
    return [said.speaker for said in given if said is not None and said.speaker is not None]


def _list_given(name: str, given: Sequence[str]) -> list[str]:
    """The name that the reviewer has given to what may be the same speaker, if there is one."""
    return [other for other in given if is_variant(name, other)][:1]


def _list_fuller(name: str, earlier: Sequence[str]) -> list[str]:
    """For a bare description the fuller one that the text gave before: `source`, and before it
    `Syrian military source`.
    """
    if " " in name or not name.islower():
        return []
    return [other for other in earlier if name in other.split()[1:]][:1]
