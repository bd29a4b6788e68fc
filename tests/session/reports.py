"""Reports of agreement made by hand, with a figure of every shape in them."""

from __future__ import annotations

from typing import Final

from annotator.agreement import (
    Agreement,
    Bootstrap,
    Coefficient,
    DocumentAgreement,
    Interval,
    LabelScores,
    LinkAgreement,
    PairTable,
    Report,
    Scores,
    Undefined,
)

FULL: Final = Coefficient(0.75, Interval(0.5, 0.9, 200), 1200, 2410)
BARE: Final = Coefficient(-0.001, Undefined("Too few."), 7, 14)
NONE: Final = Undefined("Nobody did.")
OTHER: Final = Undefined("Not of three.")

LABELS: Final = ("claim", "denial")
NO_LINKS: Final = LinkAgreement(0, 0, 0, NONE, NONE)
LINKS: Final = LinkAgreement(1, 2500, 1800, FULL, BARE)


def make_agreement(
    *reviewers: str,
    scores: Scores,
    pairs: tuple[PairTable, ...] = (),
    links: LinkAgreement = LINKS,
    sentences: int = 1300,
    shared: int = 1200,
) -> Agreement:
    by_label = (
        LabelScores("claim", Scores(FULL, BARE, OTHER, FULL)),
        LabelScores("denial", Scores(FULL, NONE, OTHER, NONE)),
    )
    return Agreement(
        reviewers=reviewers,
        labels=LABELS,
        sentences=sentences,
        shared=shared,
        values=2410,
        scores=scores,
        by_label=by_label,
        pairs=pairs,
        confusion=((8, 1), (2, 1004)),
        links=links,
    )


TWO: Final = make_agreement(
    "ana",
    "ben",
    scores=Scores(FULL, BARE, OTHER, FULL),
    pairs=(PairTable("ana", "ben", ((3, 1), (2, 1001)), 1007, 0.5, -0.001),),
)
"""Two reviewers, with everything there is to tell of two."""

THREE: Final = make_agreement(
    "ana",
    "ben",
    "cleo",
    scores=Scores(FULL, OTHER, BARE, FULL),
    pairs=(
        PairTable("ana", "ben", ((3, 1), (2, 1001)), 1007, 0.5, NONE),
        PairTable("ana", "cleo", ((1, 0), (0, 4)), 5, NONE, 0.25),
        PairTable("ben", "cleo", ((0, 0), (0, 0)), 0, NONE, OTHER),
    ),
    links=NO_LINKS,
)
"""Three reviewers, of whom nobody has tied anything."""


def make_report(whole: Agreement, bootstrap: Bootstrap | None = None) -> Report:
    """A report of three documents: the second has the least agreement, the third has none."""
    alone = Scores(NONE, OTHER, OTHER, OTHER)
    low = Scores(Coefficient(0.25, NONE, 2, 4), BARE, OTHER, BARE)
    return Report(
        whole,
        (
            DocumentAgreement("a" * 16, TWO),
            DocumentAgreement(
                "b" * 16, make_agreement("ana", "ben", scores=low, sentences=3, shared=2)
            ),
            DocumentAgreement(
                "c" * 16, make_agreement("ana", scores=alone, links=NO_LINKS, shared=0)
            ),
        ),
        bootstrap or Bootstrap(1000, 7, "documents", 50),
    )
