"""The graph of denials."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import which
from subprocess import run
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exporters import Corpus, dot
from annotator.model.scheme import FACT_CHECK
from tests.exporters.corpus import corpora, golden_corpus, make_document, say

GOLDEN: Final = Path(__file__).parent / "golden" / "golden.dot"
QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


def write(corpus: Corpus) -> str:
    return "".join(dot.write(corpus))


def test_the_golden_file_is_what_is_written() -> None:
    assert write(golden_corpus()) == GOLDEN.read_text(encoding="utf-8")


@given(corpora())
def test_every_link_is_an_arrow_between_nodes_of_its_cluster(corpus: Corpus) -> None:
    graph = write(corpus)
    assert graph == write(corpus)
    nodes = set(re.findall(r'^    ("[0-9a-f]+:\d+") \[shape=', graph, re.MULTILINE))
    arrows = set(re.findall(r'^    ("[0-9a-f]+:\d+") -> ("[0-9a-f]+:\d+") \[', graph, re.MULTILINE))
    expected = {
        tuple(f'"{one.document.id}:{index}"' for index in (sentence.sentence.index, target))
        for one in corpus.documents
        for sentence in one.sentences
        for annotation in sentence.annotations
        for target in (one.find_index(span.start) for span in annotation.denies)
    }
    assert arrows == expected
    assert {end for arrow in arrows for end in arrow} <= nodes


@given(corpora())
def test_no_text_leaves_its_quotes(corpus: Corpus) -> None:
    bare = QUOTED.sub("", write(corpus))
    assert re.fullmatch(r"[\sA-Za-z_\[\]{}=,;>-]*", bare)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_quoted_text_holds_no_escape_or_entity_of_its_own(text: str) -> None:
    quoted = dot.quote(text)
    assert QUOTED.fullmatch(quoted)
    assert not re.search(r"&(?!amp;)|(?<!\\)(?:\\\\)*\\[^\\\"]", quoted)


def test_backgrounds_without_links_are_not_shown() -> None:
    said = {0: [say("claim")], 1: [say("background")], 2: [say("denial", denies=[0])]}
    graph = write(Corpus(FACT_CHECK, [make_document([["One.", "Two.", "No."]], said)]))
    assert "1 claim\\nOne." in graph
    assert "3 denial\\nNo." in graph
    assert "Two." not in graph


def test_labels_differ_in_shape_and_reviewers_in_name() -> None:
    said = {0: [say("claim"), say("denial", "ben")], 1: [say("claim")], 2: [say("denial")]}
    graph = write(Corpus(FACT_CHECK, [make_document([["One.", "Two.", "No."]], said)]))
    assert len(set(re.findall(r"shape=(\w+)", graph))) == 3
    assert "1 ana: claim, ben: denial" in graph


def test_graphviz_draws_the_golden_file() -> None:
    program = which("dot")
    if program is None:
        pytest.skip("Graphviz is not installed (Debian: graphviz)")
    done = run([program, "-Tsvg", GOLDEN], capture_output=True, check=True, timeout=60)
    assert b"<svg" in done.stdout
    assert done.stderr == b""
