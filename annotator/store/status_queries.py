"""The SQL of who has done how much, in a document or in all."""

from __future__ import annotations

from typing import Final

# Two questions: an index holds the answer to the first, and flags are few.
_TALLY_LABELS: Final = """
SELECT document_id, reviewer, label, count(*) FROM annotation%s
GROUP BY document_id, reviewer, label ORDER BY document_id, reviewer, label"""
_TALLY_UNSURE: Final = """
SELECT document_id, reviewer, NULL, count(*) FROM annotation WHERE unsure = 1%s
GROUP BY document_id, reviewer"""
TALLY_LABELS: Final = _TALLY_LABELS % ""
TALLY_UNSURE: Final = _TALLY_UNSURE % ""
TALLY_DOCUMENTS_LABELS: Final = _TALLY_LABELS % " WHERE document_id = ?"
TALLY_DOCUMENTS_UNSURE: Final = _TALLY_UNSURE % " AND document_id = ?"
COUNT_LABELLED: Final = """
SELECT document_id, reviewer, NULL, count(*) FROM annotation WHERE label IS NOT NULL
GROUP BY document_id, reviewer"""
_EFFORTS: Final = (
    "SELECT document_id, reviewer, time, spent_ms FROM event"
    " WHERE kind = 'label' AND value IS NOT NULL AND %s(?1 IS NULL OR reviewer = ?1"
    " OR reviewer IN (SELECT name FROM alias WHERE alias.reviewer = ?1))"
    " ORDER BY counter, id"
)
READ_EFFORTS: Final = _EFFORTS % ""
READ_DOCUMENTS_EFFORTS: Final = _EFFORTS % "document_id = ?2 AND "
