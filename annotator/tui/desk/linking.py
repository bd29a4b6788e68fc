"""Denials and the claims that they deny."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.tui.desk.base import Desk
from annotator.tui.keys import DENY_ID
from annotator.tui.notice import noticing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.model.document import Place, Sentence
    from annotator.session.offers import Offer


class Linking(Desk):
    """A denial tied to its claims, with its label or after it."""

    async def action_deny(self, label: str) -> None:
        """Label the sentence and choose what it denies, in one step; then go on."""
        from annotator.session.offers import offer_claims

        with noticing(self):
            place = self.read_seen()
            index = place.sentence.index
            offers = offer_claims(self._session, index, label)
            if offers:
                save = partial(self._save_denial, place.sentence, label)
                await self._open_picker(place, offers, label=label, save=save)
            else:
                self._deny_nothing(index, label)

    async def action_link(self) -> None:
        """Choose what the denial denies."""
        from annotator.session.offers import offer_claims

        with noticing(self):
            place = self.read_seen()
            number = place.sentence.index + 1
            label = None if place.annotation is None else place.annotation.label
            if label is None or label not in self._list_denying():
                self.tell(self._explain_no_denial(number))
                return
            offers = offer_claims(self._session, place.sentence.index, label)
            if not offers:
                self.tell(f"There is no claim yet that sentence {number} could be tied to.")
                return
            save = partial(self._save_links, place.sentence)
            await self._open_picker(
                place, offers, label=label, save=save, clears=bool(place.denies)
            )

    async def _open_picker(
        self,
        place: Place,
        offers: list[Offer],
        *,
        label: str,
        save: Callable[[tuple[Offer, ...]], bool],
        clears: bool = False,
    ) -> None:
        from annotator.session.offers import offer_sentence
        from annotator.tui.choice import Choice
        from annotator.tui.screens.picker import Picker

        def find(target: int) -> Offer:
            return offer_sentence(self._session, place.sentence.index, label, target=target)

        linked = frozenset(offer.index for offer in offers if offer.linked)
        picker = Picker(
            place.sentence,
            Choice(tuple(offers), linked, clears=clears),
            scheme=self._session.scheme,
            denies=self._session.scheme.find(label).denies,
            find=find,
            save=save,
        )
        await picker.open(self.app)

    def _deny_nothing(self, index: int, label: str) -> None:
        """There is nothing to choose from: a label like any other, and how to tie it later."""
        self.show_saved(self._session.annotate(index, label), then=1)
        self.tell(
            f"There is no claim yet to tie sentence {index + 1} to:"
            f" {self.name_key('links')} on it does so later."
        )

    def _save_denial(self, sentence: Sentence, label: str, targets: tuple[Offer, ...]) -> bool:
        """Whether there is nothing left to do: else the dialog stays, with what was chosen."""
        with noticing(self):
            if self._still_stand(sentence, targets):
                indexes = [target.index for target in targets]
                self.show_saved(self._session.deny(sentence.index, label, indexes), then=1)
            return True
        return False

    def _save_links(self, sentence: Sentence, targets: tuple[Offer, ...]) -> bool:
        with noticing(self):
            if self._still_stand(sentence, targets):
                indexes = [target.index for target in targets]
                self.show_saved(self._session.link(sentence.index, indexes))
            return True
        return False

    def _still_stand(self, sentence: Sentence, targets: Sequence[Offer]) -> bool:
        """Whether a denial and its targets have the numbers that they had when they were offered:
        somebody else may have split or joined sentences meanwhile.
        """
        here = self.find_again(sentence).sentence.index
        there = self._session.read_these([target.index for target in targets])
        texts = [place.sentence.text for place in there]
        if here == sentence.index and texts == [target.text for target in targets]:
            return True
        self.go_to(here)
        self.tell("Somebody has split or joined sentences. Nothing was changed; choose again.")
        return False

    def _list_denying(self) -> list[str]:
        return [label.name for label in self._session.scheme.labels if label.denies]

    def _explain_no_denial(self, number: int) -> str:
        denying = self._list_denying()
        if not denying:
            return f"No label of the scheme {self._session.scheme.name} denies anything."
        key = self.name_key(f"{DENY_ID}{denying[0]}")
        return (
            f"Sentence {number} is no denial: {key} labels it {denying[0]} and ties it to claims."
        )
