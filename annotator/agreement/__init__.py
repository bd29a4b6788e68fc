"""How far reviewers agree: coefficients, intervals and tables, from labels and links alone."""

from __future__ import annotations

from annotator.agreement.figures import (
    Bootstrap,
    Coefficient,
    Interval,
    Score,
    Undefined,
    Unit,
)
from annotator.agreement.links import LinkAgreement
from annotator.agreement.report import (
    Agreement,
    DocumentAgreement,
    Report,
    measure,
)
from annotator.agreement.scores import LabelScores, Scores
from annotator.agreement.tables import PairTable

__all__ = [
    "Agreement",
    "Bootstrap",
    "Coefficient",
    "DocumentAgreement",
    "Interval",
    "LabelScores",
    "LinkAgreement",
    "PairTable",
    "Report",
    "Score",
    "Scores",
    "Undefined",
    "Unit",
    "measure",
]
