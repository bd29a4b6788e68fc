"""What is said of an address that gives nothing, to the last word."""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from email.message import Message
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import Request

import pytest

from annotator.errors import SourceError
from annotator.session import fetching
from annotator.session.fetching import _explain, fetch
from tests.session.test_fetching import refusal, server, without_a_proxy

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["server", "without_a_proxy"]

SAVE = "save the page and import the file."
URL = "http://news.example/a"


@pytest.mark.parametrize("url", ["http://a b/", "http://a\x1b/", "http://a/\n"])
def test_a_blank_or_a_control_character_is_told(url: str) -> None:
    assert refusal(url).endswith(
        " holds a blank or a control character, which no address has: check it."
    )


def test_an_address_that_is_none_is_told() -> None:
    assert refusal("http://[::1") == "http://[::1 is no address: check how it is written."


def test_another_kind_of_address_is_told() -> None:
    assert refusal("ftp://x/a") == (
        "ftp://x/a, which is neither http nor https: give the address of the page itself."
    )


def test_an_address_that_leads_nowhere_is_told() -> None:
    assert refusal("http:///x") == "http:///x, which names no server: check the address."


@pytest.mark.parametrize(("host", "told"), [("host.example", "host.example"), ("", "")])
def test_a_password_is_told_without_it(host: str, told: str) -> None:
    assert refusal(f"http://ana:secret@{host}/") == (
        f"The address at {told} with a user name or password in it, which would be stored with the"
        f" document: give it without them, or {SAVE}"
    )


def test_where_a_redirect_leads_is_told_with_what_was_asked_for(server: str) -> None:
    asked = f"{server}/redirect?http://ana:secret@127.0.0.1/"
    assert refusal(asked) == (
        f"{asked} leads to 127.0.0.1 with a user name or password in it, which would be stored"
        f" with the document: give it without them, or {SAVE}"
    )
    asked = f"{server}/redirect?ftp://127.0.0.1/x"
    assert refusal(asked) == (
        f"{asked} leads to ftp://127.0.0.1/x, which is neither http nor https: give the address of"
        " the page itself."
    )


@pytest.mark.parametrize("path", ["/times?5", "/redirect?"])
def test_a_redirect_without_an_end_is_told(server: str, path: str) -> None:
    assert refusal(server + path) == (
        f"{server}{path} is redirected more than 5 times, or to nowhere: give the address at which"
        " a browser ends."
    )


def test_a_type_that_is_not_read_is_told_with_those_that_are(server: str) -> None:
    for kind, told in (("Image/PNG; q=1", "image/png"), ("", "(none named)")):
        url = f"{server}/type?{kind}".replace(" ", "")
        assert refusal(url) == (
            f"{url} is of the type {told}, which is not read from an address: web pages, plain"
            " text, Markdown, PDF, .docx, CSV and JSON are. Save it and import the file."
        )
    long = refusal(f"{server}/type?{'x' * 90}")
    assert f"is of the type {'x' * 80}, which" in long


def test_a_compression_that_was_not_asked_for_is_told(server: str) -> None:
    assert refusal(f"{server}/brotli") == (
        f"{server}/brotli came compressed as br, which was not asked for: {SAVE}"
    )


def test_what_is_too_large_is_told_with_the_limit(server: str) -> None:
    url = f"{server}/huge"
    assert refusal(url, most=4_999_999) == (
        f"{url} is larger than 4,999,999 bytes: save the article's text and import that."
    )


def test_what_is_just_as_large_as_it_may_be_comes_through(server: str) -> None:
    assert len(fetch(f"{server}/huge", most=5_000_000).content) == 5_000_000
    size = len(fetch(f"{server}/gzip").content)
    assert len(fetch(f"{server}/gzip", most=size).content) == size
    assert "larger than" in refusal(f"{server}/gzip", most=size - 1)


def test_what_takes_too_long_is_told_with_the_time(server: str) -> None:
    assert refusal(f"{server}/slow", timeout=0.2) == (
        f"{server}/slow took longer than 0.2 seconds: try again later, or {SAVE}"
    )


@pytest.mark.parametrize("path", ["/cut", "/cut-gzip"])
def test_what_is_cut_short_is_told(server: str, path: str) -> None:
    assert refusal(server + path) == f"{server}{path} came cut short or damaged: try again."


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (404, "There is no page at {url} (the server says 404): check the address."),
        (410, "There is no page at {url} (the server says 410): check the address."),
        *(
            (
                code,
                f"The server does not give {{url}} to everyone (it says {code}): save the page with"
                " a browser in which you may read it, and import the file.",
            )
            for code in (401, 402, 403)
        ),
        (
            500,
            "The server of {url} answers with the error 500 Internal Server Error: try again later,"
            f" or {SAVE}",
        ),
    ],
    ids=lambda given: str(given)[:3],
)
def test_an_answer_that_is_an_error_is_told(server: str, code: int, told: str) -> None:
    url = f"{server}/status?{code}"
    assert refusal(url) == told.format(url=url)


def http_error(code: int, reason: str) -> HTTPError:
    return HTTPError(URL, code, reason, Message(), BytesIO())


def certificate_error() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "long words")
    error.verify_message = "certificate has expired"
    return error


def ssl_error(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, "the words of it")
    error.reason = reason
    return error


UNPROVEN = (
    f"The server of {URL} cannot prove who it is ({{}}): check the address, or save the page with a"
    " browser and import the file."
)
UNREAD = f"{URL} cannot be read ({{}}): try again later, or {SAVE}"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            http_error(503, ""),
            f"The server of {URL} answers with the error 503: try again later, or {SAVE}",
        ),
        (
            http_error(503, "x" * 90),
            f"The server of {URL} answers with the error 503 {'x' * 80}: try again later, or"
            f" {SAVE}",
        ),
        (URLError(certificate_error()), UNPROVEN.format("certificate has expired")),
        (URLError(ssl_error("WRONG_VERSION_NUMBER")), UNPROVEN.format("WRONG_VERSION_NUMBER")),
        (ssl_error(""), UNPROVEN.format(str(ssl_error("")))),
        (
            URLError(socket.gaierror(-2, "unknown")),
            f"The server of {URL} is not found: check the address and the network.",
        ),
        (
            URLError(ConnectionRefusedError()),
            f"The server of {URL} refuses the connection: check the address, or try again later.",
        ),
        (TimeoutError(), f"{URL} took longer than 1.5 seconds: try again later, or {SAVE}"),
        (http.client.IncompleteRead(b""), f"{URL} came cut short or damaged: try again."),
        (zlib.error("bad"), f"{URL} came cut short or damaged: try again."),
        (ValueError("no such\x1b thing"), UNREAD.format("no such␛ thing")),
        (OSError(), UNREAD.format("OSError")),
        (ValueError("x" * 300), UNREAD.format("x" * 200)),
        (URLError("unknown url type"), UNREAD.format("unknown url type")),
    ],
    ids=lambda given: type(given).__name__,
)
def test_what_else_goes_wrong_is_told(error: Exception, told: str) -> None:
    assert str(_explain(error, URL, 1.5)) == told


def test_it_is_told_what_is_asked_for(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, str] = {}

    def remember(url: str, *, headers: dict[str, str]) -> object:
        asked.update({name.lower(): value for name, value in headers.items()})
        return Request(url, headers=headers)

    monkeypatch.setattr(fetching, "Request", remember)
    fetch(f"{server}/page")
    assert asked["accept-encoding"] == "gzip"
    assert asked["accept"] == (
        "text/html, application/xhtml+xml, text/plain, text/markdown, application/pdf,"
        " application/vnd.openxmlformats-officedocument.wordprocessingml.document, text/csv,"
        " text/tab-separated-values, application/json, text/json, application/jsonl,"
        " application/x-ndjson, application/ld+json;q=0.9"
    )


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/a!$%&'()*+,-./:;=@_~b", "/a!$%&'()*+,-./:;=@_~b"),
        ("/a?b=c!$%&'()*+,-./:;=?@_~#part", "/a?b=c!$%&'()*+,-./:;=?@_~"),
        ('/a"<>|b', "/a%22%3C%3E%7Cb"),
        ("?q", "/?q"),
    ],
)
def test_an_address_keeps_the_signs_that_it_may_have(server: str, asked: str, given: str) -> None:
    assert fetch(server.replace("http:", "HTTP:") + asked).content.decode() == given


def test_a_file_is_no_address_and_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="neither http nor https"):
        fetch((tmp_path / "a.html").as_uri())
