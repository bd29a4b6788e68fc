from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.errors import SourceError
from annotator.text.decode import Decoded, decode

ARTICLE = (
    "The café owner said that nobody in the town had paid £20 for the résumé of the minister.\n"
    "The government, in the person of Señor Muñoz, denied it.\n"
    "“It isn’t true,” the minister’s office said – again.\n"
)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1)
MARKED = [
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
]


def decode_or_explain(content: bytes, encoding: str | None) -> str:
    try:
        return decode(content, "a.txt", encoding=encoding).text
    except SourceError as error:
        return str(error)


@given(TEXTS.filter(lambda text: sum(character < " " for character in text) <= 64))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "a.txt") == Decoded(text=text, encoding="utf-8", guessed=False)


@pytest.mark.parametrize(("encoding", "mark"), MARKED)
@given(text=TEXTS)
def test_a_mark_decides_and_is_dropped(encoding: str, mark: bytes, text: str) -> None:
    content = mark + text.encode(encoding)
    assert decode(content, "a.txt") == Decoded(text=text, encoding=encoding, guessed=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "UTF-16LE", "utf-7", "gb18030"])
@given(text=TEXTS)
def test_the_encoding_given_is_used(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding), "a.txt", encoding=encoding)
    assert decoded == Decoded(text=text, encoding=codecs.lookup(encoding).name, guessed=False)


def test_an_encoding_without_ascii_can_be_given() -> None:
    assert decode("Plain text".encode("cp037"), "a.txt", encoding="cp037").text == "Plain text"


def test_the_encoding_given_overrules_mark_and_guess() -> None:
    content = codecs.BOM_UTF8 + "é".encode()
    assert decode(content, "a.txt", encoding="latin-1").text == "ï»¿Ã©"
    assert decode(content, "a.txt", encoding="utf-8").text == "é"


@given(st.binary(), st.sampled_from([None, "utf-8", "utf-16", "utf-7", "shift_jis", "hz"]))
@example(b"\xff\xfe\x00\xd8", None)
@example(b"+2AA-", "utf-7")
@example(b"caf\xe9", "\x1b[31m")
def test_any_bytes_become_text_or_one_sentence_of_refusal(
    content: bytes, encoding: str | None
) -> None:
    outcome = decode_or_explain(content, encoding)
    outcome.encode("utf-8")
    assert outcome


@given(st.text(st.sampled_from("aé£ \n“”я"), min_size=1), st.binary(min_size=1, max_size=6))
def test_a_few_bytes_after_utf8_never_end_in_a_traceback(text: str, tail: bytes) -> None:
    assert decode_or_explain(text.encode() + tail, None)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_utf8_with_a_bad_byte_is_refused_with_its_line(newline: str) -> None:
    lines = ARTICLE.replace("\n", newline).encode()
    content = lines + b"A caf\xe9, " + "naïve.".encode()
    with pytest.raises(SourceError, match=r"^Line 4 of a\.txt holds a byte that is not UTF-8"):
        decode(content, "a.txt")


def test_a_byte_that_is_bad_beside_a_single_good_letter_is_refused() -> None:
    with pytest.raises(SourceError, match="Line 2 "):
        decode("naïve\n".encode() + b"\xff end", "a.txt")


def test_an_encoded_half_of_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^Line 2 of a\.txt holds half of a surrogate pair"):
        decode("one\ntwo \ud83d\n".encode("utf-8", "surrogatepass"), "a.txt")
    with pytest.raises(SourceError, match=r"^Line 1 of a\.txt holds half of a surrogate pair"):
        decode(b"+2AA-", "a.txt", encoding="utf-7")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The café was closed.", "cp1252"),
        ("The price was £20 and the temperature 30°.", "cp1252"),
        (
            "The firm paid £20 million last year, and a further £3 million in May. The company "
            "denied it. Nobody knows why the bank said that it had lost £4 million in a week.",
            "cp1252",
        ),
        ("He said “no”, the minister’s office said – again.", "cp1252"),
        (ARTICLE, "cp1252"),
        ("Die Regierung wies das zurück. „Das ist völlig falsch“, sagte er.", "cp1252"),
        ("O governo negou várias vezes. A investigação não chegou ao fim.", "cp1252"),
        ("Правительство Сирии отвергло обвинения в применении оружия.", "cp1251"),
        ("Правительство Сирии отвергло обвинения в применении оружия.", "koi8_r"),
        ("Η κυβέρνηση της Συρίας αρνήθηκε επανειλημμένα τις κατηγορίες.", "cp1253"),
        ("シリアの軍当局者は「まったく事実ではない」と話しています。", "cp932"),
        ("これはとてもたのしいはなしですね。なにもないところからはじまったのです。", "euc_jp"),
        ("叙利亚军方消息人士称这完全不符合事实。数十人因呼吸困难接受治疗。", "gb18030"),
        ("敘利亞軍方消息人士稱這完全不符合事實。數十人因呼吸困難接受治療。", "big5"),
        ("시리아 정부는 이를 거듭 부인했다. 수십 명이 치료를 받았다.", "euc_kr"),
    ],
)
@pytest.mark.parametrize("times", [1, 61, 2000])
def test_another_encoding_is_guessed(text: str, encoding: str, times: int) -> None:
    whole = f"{text}\n" * times
    decoded = decode(whole.encode(encoding), "a.txt")
    # Compared line by line, and once each: pytest takes minutes to lay a wrong guess of 300 kB
    # beside the right text.
    assert set(decoded.text.splitlines()) == set(whole.splitlines())
    assert len(decoded.text) == len(whole)
    assert decoded.guessed


def test_the_sample_is_cut_where_the_accents_are() -> None:
    text = "An English sentence.\n" * 100_000 + "The café was closed for the week.\n"
    decoded = decode(text.encode("cp1252"), "a.txt")
    assert (decoded.encoding, decoded.guessed) == ("cp1252", True)
    assert decoded.text.endswith("The café was closed for the week.\n")


def test_a_guess_that_fails_later_names_the_line() -> None:
    text = "The café was closed for the week, the résumé says.\n" * 2000
    with pytest.raises(SourceError, match=r"^Line 2001 of a\.txt is not in cp1252"):
        decode(text.encode("cp1252") + b"What is \x81\x8d this?\n", "a.txt")


@pytest.mark.parametrize(
    "name", ["", "klingon", "hex", "rot13", "base64", "idna", "a\0b", "\ud800"]
)
def test_an_unknown_encoding_is_named_with_known_ones(name: str) -> None:
    with pytest.raises(SourceError, match=r"is no encoding .* such as utf-8, .* windows-1252"):
        decode(b"text", "a.txt", encoding=name)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("one\r\ntwo é\n".encode("latin-1"), "utf-8"),
        ("one\ntwo ".encode("utf-16") + b"\x00\xd8", "utf-16"),
        (b"one\ntwo \x82\n", "shift_jis"),
    ],
)
def test_bytes_that_mean_nothing_in_the_encoding_given_are_refused(
    content: bytes, encoding: str
) -> None:
    with pytest.raises(SourceError, match=rf"^Line 2 of a\.txt is not in {encoding}"):
        decode(content, "a.txt", encoding=encoding)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"%PDF-1.7\n1 0 obj\n",
        b"PK\x03\x04\x14\x00",
        b"\x1f\x8b\x08\x00",
        b"\x7fELF\x02\x01\x01",
        bytes(range(256)) * 4,
        bytes(range(32)) * 20,
        b"\x00" * 100,
        "Plain English in UTF-16".encode("utf-16-le"),
    ],
)
def test_binary_content_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a␛\.txt is not text: .*Save the article as plain"):
        decode(content, "a\x1b.txt")


def test_utf16_without_a_mark_is_refused_with_the_way_to_name_it() -> None:
    content = ("Plain English in UTF-16.\n" * 20).encode("utf-16-le")
    with pytest.raises(SourceError, match=r"full of NUL characters .*--encoding utf-16-le"):
        decode(content, "a.txt")
    assert decode(content, "a.txt", encoding="utf-16-le").text.startswith("Plain English")


@pytest.mark.parametrize(
    "content",
    [
        b"A\x00B",
        b"caf\xe9 \x00\x1b[31mred",
        b"Every control: " + bytes({*range(32)} - {0x0D}) + b"\x7f",
        b"\x1b[1mb\x1b[0m" * 200,
        b"PK is no archive. %PDF- neither.",
    ],
)
def test_text_with_some_control_characters_is_text(content: bytes) -> None:
    assert len(decode(content, "a.txt").text) == len(content)


@pytest.mark.parametrize("content", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_empty_content_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.txt is empty"):
        decode(content, "a.txt")


def test_a_byte_that_is_not_utf8_is_named_with_what_to_do() -> None:
    with pytest.raises(SourceError) as refused:
        decode("naïve, naïve\n".encode() + b"\xff end", "a.txt")
    assert str(refused.value) == (
        "Line 2 of a.txt holds a byte that is not UTF-8 (0xff), while the rest is: "
        "correct that line, or name the encoding of the file with --encoding."
    )
