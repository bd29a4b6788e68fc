"""What a document and a sentence are called."""

from __future__ import annotations

from annotator.model.document import derive_document_id, derive_sentence_id, hash_text
from annotator.model.span import Span


def test_a_document_is_named_by_the_hash_of_its_text_in_utf_8() -> None:
    # printf 'Zoë' | sha256sum
    text_hash = hash_text("Zoë")
    assert len(text_hash) == 64
    assert derive_document_id(text_hash) == text_hash[:16]
    assert hash_text("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_sentence_is_named_by_its_document_and_its_offsets() -> None:
    assert derive_sentence_id("ab12", Span(3, 14)) == "ab12:3-14"
