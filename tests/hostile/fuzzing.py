"""Bytes that an engine makes up, watching which lines they reach, until something else comes of
them than a document or one clear error: `python -m tests.hostile.fuzzing TARGET --seconds 120`.

It needs the extra `fuzz`. What it finds becomes a test beside the others here.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

import atheris

with atheris.instrument_imports(include=["annotator"]):
    from annotator.config.checking import check_settings
    from annotator.errors import AnnotatorError
    from annotator.model.scheme_file import parse_scheme
    from annotator.readers import Source, find_reader, list_readers
    from annotator.session.sources import add_source
    from annotator.store.memory import MemoryStore
    from annotator.text.decode import decode
    from annotator.text.normalize import normalize
    from annotator.text.quotations import find_quotation
    from annotator.text.segment import segment
    from annotator.text.speakers import find_speakers
    from tests.builders import make_library
    from tests.readers.test_docx import build

    for each in list_readers():
        find_reader(each)  # which imports it

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).parents[1]
SEEDS: Final = ("exporters/golden", "readers/pages", "sample")
"""Folders of files to begin with."""

_LONGEST: Final = 100_000
"""Files to begin with that are longer only slow it down."""


_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PART: Final = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    b"<w:p><w:r><w:t>The dam broke. Nobody knew.</w:t></w:r></w:p></w:body></w:document>"
)


def read_as(name: str, content: bytes) -> None:
    """Bring bytes in as a file of a format."""
    library = make_library(MemoryStore())
    half = len(content) // 2
    source = Source("file", content, companion=lambda _: content[half:])
    for _ in add_source(library, source, format_name=name):
        pass


def read_packed(content: bytes) -> None:
    """Bring bytes in as the main part of a Word file that is sound otherwise."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", content)
    read_as("docx", packed.getvalue())


def cut_text(content: bytes) -> None:
    """Decode, normalise and cut a text; nothing of it may be lost."""
    text = normalize(decode(content, "file").text).text
    spans = segment(text)
    left, at = [], 0
    for span in spans:
        left.append(text[at : span.start])
        at = span.end
        find_quotation(text[span.start : span.end])
        find_speakers(text[span.start : span.end])
    assert not "".join([*left, text[at:]]).strip(), "a part of the text is in no sentence"


def read_settings(content: bytes) -> None:
    """Read a settings file."""
    check_settings(content, Path("config.toml"))


def read_scheme(content: bytes) -> None:
    """Read a label scheme."""
    parse_scheme(content.decode("utf-8", "replace"), "scheme.toml")


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    **{name: partial(read_as, name) for name in list_readers()},
    "docx-part": read_packed,
    "cut": cut_text,
    "settings": read_settings,
    "scheme": read_scheme,
}


def gather_seeds(folder: Path) -> None:
    """Put the files to begin with into one folder."""
    files = [path for seeds in SEEDS for path in (ROOT / seeds).rglob("*") if path.is_file()]
    for number, path in enumerate(files):
        if path.stat().st_size <= _LONGEST:
            shutil.copy(path, folder / f"{number}-{path.name}")
    (folder / "part.xml").write_bytes(_PART)
    (folder / "whole.docx").write_bytes(build())


def main() -> None:
    """Make bytes up for one target, for so many seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--input", type=Path, help="try this one file, as it was reported")
    options = parser.parse_args()
    work = TARGETS[options.target]

    def try_bytes(content: bytes) -> None:
        with suppress(AnnotatorError):
            work(content)

    if options.input is not None:
        try_bytes(options.input.read_bytes())
        return
    with tempfile.TemporaryDirectory() as folder:
        gather_seeds(Path(folder))
        found = Path(tempfile.gettempdir()) / f"annotator-fuzzing-{options.target}-"
        limits = [f"-max_total_time={options.seconds}", "-timeout=20", "-rss_limit_mb=1500"]
        atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={found}", folder], try_bytes)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
