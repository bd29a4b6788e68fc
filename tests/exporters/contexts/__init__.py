"""JSON-LD made plain with the contexts of this folder, and with no other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pyld import jsonld

FILES: Final = {
    "http://www.w3.org/ns/anno.jsonld": "anno.jsonld",
    "https://schema.org": "schema.jsonld",
}


def expand(text: str) -> list[dict[str, Any]]:
    """The nodes of a JSON-LD text, expanded; a context that is not here is an error."""
    expanded: list[dict[str, Any]] = jsonld.expand(
        json.loads(text), {"documentLoader": _load, "base": "urn:nowhere"}
    )
    return expanded


def _load(url: str, _options: dict[str, Any]) -> dict[str, Any]:
    document = json.loads(Path(__file__).with_name(FILES[url]).read_text(encoding="utf-8"))
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
    }
