"""The claims that a denial may answer, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.errors import ActError
from annotator.text.sharing import find_shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.document import Place
    from annotator.session.labelling import Session

LATER: Final = 1.0
COUNTERED: Final = 1.0
SAME_SPEAKER: Final = 0.5
NEXT: Final = 2.0


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence that a denial may be tied to.

    `label` is the reviewer's own for it, `None` where a link was made and the label is gone since.
    `shared` are its words that the denial has too, folded to lower case. `linked` says that the
    denial is tied to it already.
    """

    index: int
    text: str
    label: str | None
    speaker: str | None
    shared: tuple[str, ...]
    same_speaker: bool
    linked: bool


def offer_claims(session: Session, index: int, label: str, *, limit: int = 60) -> list[Offer]:
    """What a denial with this label at `index` may answer: at most `limit` sentences, and always
    all that it is tied to.

    First what it is tied to already; then what shares a word or the speaker with it; then the
    other earlier claims, the nearest first; then the other later ones; in these two groups what
    itself denies comes last. Among those that share something, points decide: each word counts
    one, divided by the number of claims here that share it; the same speaker a half; nearness two,
    divided by the distance in sentences plus one; a claim that itself denies, and one that comes
    later, count one less. Only the nearest claims are looked at, `limit` before the denial and
    half as many after it, so that it takes no longer in a long document.

    `UnknownNameError` for a label that the scheme does not have.
    """
    place = session.read_place(index)
    near = session.store.find_labelled(
        session.document.id,
        reviewer=session.reviewer,
        labels=session.scheme.find(label).denies,
        around=index,
        before=limit,
        after=limit // 2,
    )
    linked = _list_linked(place, label)
    places = {found.sentence.index: found for found in near}
    missing = sorted(linked - places.keys())
    places |= {found.sentence.index: found for found in session.read_these(missing)}
    places.pop(index, None)
    offers = [_offer(place, claim, linked=linked) for claim in places.values()]
    return _rank(offers, place, session=session)[: max(limit, len(linked))]


def offer_sentence(session: Session, index: int, label: str, *, target: int) -> Offer:
    """One sentence, however far away, as an offer for the denial at `index`.

    `ActError` where there is no such sentence, where it is the denial itself, or where its label is
    none that `label` denies.
    """
    if target == index:
        raise ActError(f"Sentence {index + 1} cannot deny itself.")
    claim = session.read_place(target)
    denied = session.scheme.find(label).denies
    if claim.annotation is None or claim.annotation.label not in denied:
        raise ActError(
            f"Sentence {target + 1} has no label that a {label} can deny: {' or '.join(denied)}."
        )
    denial = session.read_place(index)
    return _offer(denial, claim, linked=_list_linked(denial, label))


def _list_linked(place: Place, label: str) -> set[int]:
    """A link goes with its denial's label: another one begins with none."""
    if place.annotation is None or place.annotation.label != label:
        return set()
    return {link.index for link in place.denies}


def _offer(denial: Place, claim: Place, *, linked: set[int]) -> Offer:
    said = claim.annotation
    speaker = None if said is None else said.speaker
    speaks = None if denial.annotation is None else denial.annotation.speaker
    return Offer(
        index=claim.sentence.index,
        text=claim.sentence.text,
        label=None if said is None else said.label,
        speaker=speaker,
        shared=find_shared(claim.sentence.text, denial.sentence.text),
        same_speaker=speaker is not None and speaker == speaks,
        linked=claim.sentence.index in linked,
    )


def _rank(offers: list[Offer], denial: Place, *, session: Session) -> list[Offer]:
    here = denial.sentence.index
    frequency = _count(offers)
    denying = {label.name for label in session.scheme.labels if label.denies}

    def place_in_list(offer: Offer) -> tuple[int, float, bool, int]:
        later, distance = offer.index > here, abs(offer.index - here)
        shares = bool(offer.shared) or offer.same_speaker
        points = -COUNTERED * (offer.label in denying)
        if shares:
            points += sum(1 / frequency[word] for word in offer.shared) + NEXT / (distance + 1)
            points += SAME_SPEAKER * offer.same_speaker - LATER * later
        group = 0 if offer.linked else 1 if shares else 3 if later else 2
        return group, -points, later, distance

    return sorted(offers, key=place_in_list)


def _count(offers: Iterable[Offer]) -> dict[str, int]:
    """In how many of the claims each word stands that a denial shares with any of them."""
    shared = {word for offer in offers for word in offer.shared}
    counts = dict.fromkeys(shared, 0)
    for offer in offers:
        for word in shared.intersection(offer.shared):
            counts[word] += 1
    return counts
