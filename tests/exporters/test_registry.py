"""The list of exporters, which is the list of the files in their folder."""

from __future__ import annotations

import subprocess
import sys

import pytest

from annotator.errors import UnknownNameError
from annotator.exporters import find_exporter, list_exporters


@pytest.mark.parametrize("name", list_exporters())
def test_every_exporter_says_in_one_line_what_it_is(name: str) -> None:
    exporter = find_exporter(name)
    assert exporter.name == name
    assert exporter.description
    assert exporter.description.isprintable()


@pytest.mark.parametrize("name", ["", "nothing", "json.schema", "__init__", "../json"])
def test_an_unknown_name_lists_the_known(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"json"):
        find_exporter(name)


def test_listing_imports_none_of_them() -> None:
    code = (
        "import sys, annotator.exporters as e; e.list_exporters();"
        "print(*[n for n in sys.modules if n.startswith('annotator.exporters.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == ""
