from __future__ import annotations

import gzip
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from annotator import __version__
from annotator.errors import SourceError
from annotator.session.fetching import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "<html><body><p>Café \U0001f468\u200d\U0001f469 שלום\r\n</p></body></html>"
BOMB = gzip.compress(bytes(30_000_000))


class Answers(BaseHTTPRequestHandler):
    ended = threading.Event()

    def log_message(self, *args: object) -> None:
        pass

    def send(
        self, body: bytes, kind: str | None = "text/html", code: int = 200, **headers: str
    ) -> None:
        self.send_response(code)
        if kind is not None:
            self.send_header("Content-Type", kind)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        while not self.ended.wait(0.02):
            self.wfile.write(b"x")
            self.wfile.flush()

    def do_GET(self) -> None:
        with suppress(ConnectionError):
            self.answer()

    def answer(self) -> None:
        path, _, rest = self.path.partition("?")
        match path:
            case "/page":
                self.send(PAGE.encode(), "text/html; charset=utf-8")
            case "/latin-1":
                self.send("Café".encode("latin-1"), "text/html; charset=iso-8859-1")
            case "/redirect":
                self.send(b"x" * 100_000, code=302, Location=rest)
            case "/times":
                left = int(rest)
                target = f"/times?{left - 1}" if left else "/page"
                self.send(b"", code=302, Location=target)
            case "/status":
                self.send(b"no", code=int(rest))
            case "/slow":
                self.send(b"", "text/html", Content_Length="1000000")
                self.drip()
            case "/slow-head":
                self.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
                self.drip()
            case "/huge":
                self.send(bytes(5_000_000))
            case "/gzip":
                self.send(gzip.compress(PAGE.encode()), Content_Encoding="gzip")
            case "/bomb":
                self.send(BOMB, Content_Encoding="gzip")
            case "/cut-gzip":
                self.send(gzip.compress(PAGE.encode())[:-9], Content_Encoding="gzip")
            case "/brotli":
                self.send(b"xx", Content_Encoding="br")
            case "/type":
                self.send(b"x", rest or None)
            case "/cut":
                self.send(b"half", Content_Length="1000")
            case "/agent":
                self.send(self.headers["User-Agent"].encode(), "text/plain")
            case "/noise":
                self.wfile.write(b"\x00\xff no protocol\r\n\r\n")
            case _:
                self.send(self.path.encode(), "text/plain")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    Answers.ended.clear()
    http = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{http.server_address[1]}"
    Answers.ended.set()
    http.shutdown()
    thread.join()
    http.server_close()


@pytest.fixture(autouse=True)
def without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def refusal(url: str, *, timeout: float = 20.0, most: int = 20_000_000) -> str:
    with pytest.raises(SourceError) as caught:
        fetch(url, timeout=timeout, most=most)
    message = str(caught.value)
    assert message.isprintable()
    return message


def test_a_page_comes_as_its_bytes_its_type_and_its_address(server: str) -> None:
    fetched = fetch(f"{server}/page#part")
    assert fetched.content == PAGE.encode()
    assert fetched.content_type == "text/html; charset=utf-8"
    assert fetched.url == f"{server}/page"


def test_the_charset_that_the_server_names_is_kept(server: str) -> None:
    fetched = fetch(f"{server}/latin-1")
    assert fetched.content == b"Caf\xe9"
    assert fetched.content_type.endswith("charset=iso-8859-1")


def test_what_is_compressed_comes_unpacked(server: str) -> None:
    assert fetch(f"{server}/gzip").content == PAGE.encode()


def test_the_program_says_its_name(server: str) -> None:
    assert fetch(f"{server}/agent").content == f"annotator/{__version__}".encode()


def test_letters_outside_ascii_are_written_as_addresses_do(server: str) -> None:
    assert fetch(f"{server}/café/ü?q=é%20b").content == b"/caf%C3%A9/%C3%BC?q=%C3%A9%20b"


@pytest.mark.parametrize("times", [0, 4])
def test_redirects_are_followed_to_the_last_address(server: str, times: int) -> None:
    assert fetch(f"{server}/times?{times}").url == f"{server}/page"


@pytest.mark.parametrize("path", ["/times?5", "/redirect?/redirect", "/redirect?"])
def test_too_many_redirects_are_refused(server: str, path: str) -> None:
    message = refusal(server + path)
    assert server in message


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:text/html,x", "javascript:alert(1)"]
)
def test_a_redirect_leads_to_http_and_https_only(server: str, target: str) -> None:
    assert "neither http nor https" in refusal(f"{server}/redirect?{target}")


def test_a_redirect_may_not_bring_in_a_password(server: str) -> None:
    message = refusal(f"{server}/redirect?http://ana:secret@127.0.0.1/")
    assert "secret" not in message.replace(server, "").partition(" leads to ")[2]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/a", "/etc/passwd", "gopher://x", ""]
)
def test_only_http_and_https_are_read(url: str) -> None:
    assert "neither http nor https" in refusal(url)


@pytest.mark.parametrize(
    "url",
    [
        *("http://", "http:///x", "http://[::1", "http://host:port/", "http://host:99999/"),
        *(
            "http://a b/",
            "http://a\x1b[31m/",
            "http://a\r\nHost: b/",
            "http://" + "a" * 70 + ".org",
        ),
        "http://a..b/",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    assert "address" in refusal(url)


def test_a_password_in_an_address_is_refused_and_not_told() -> None:
    message = refusal("http://ana:secret@127.0.0.1/")
    assert "password" in message
    assert "secret" not in message


@pytest.mark.parametrize(
    ("code", "words"), [(404, "no page"), (403, "everyone"), (500, "error 500"), (410, "no page")]
)
def test_an_answer_that_is_an_error_says_which(server: str, code: int, words: str) -> None:
    message = refusal(f"{server}/status?{code}")
    assert words in message
    assert str(code) in message


@pytest.mark.parametrize("path", ["/slow", "/slow-head"])
def test_bytes_that_drip_in_do_not_stretch_the_time(server: str, path: str) -> None:
    assert "longer than 0.3 seconds" in refusal(server + path, timeout=0.3)


@pytest.mark.parametrize("path", ["/huge", "/bomb"])
def test_what_is_too_large_is_refused_packed_or_not(server: str, path: str) -> None:
    assert "larger than 1,000,000 bytes" in refusal(server + path, most=1_000_000)


@pytest.mark.parametrize("kind", ["image/png", "text/css", "video/mp4", "", "text/html\x1b[31m"])
def test_a_type_that_nothing_reads_is_named(server: str, kind: str) -> None:
    assert (kind.partition("\x1b")[0] or "(none named)") in refusal(f"{server}/type?{kind}")


@pytest.mark.parametrize(
    "kind",
    [
        *("application/pdf", "text/plain", "application/xhtml+xml", "application/feed+json"),
        *("application/json", "TEXT/HTML;charset=x"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
)
def test_a_type_that_is_read_comes_through(server: str, kind: str) -> None:
    assert fetch(f"{server}/type?{kind}").content_type == kind


@pytest.mark.parametrize("path", ["/cut", "/cut-gzip"])
def test_a_body_cut_short_is_never_taken_for_whole(server: str, path: str) -> None:
    assert "cut short" in refusal(server + path)


@pytest.mark.parametrize("path", ["/noise", "/brotli"])
def test_an_answer_that_makes_no_sense_is_refused(server: str, path: str) -> None:
    assert server in refusal(server + path)


def test_a_server_that_refuses_is_told_as_such() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert "refuses" in refusal(f"http://127.0.0.1:{unused.getsockname()[1]}/")


def test_a_name_that_is_not_found_is_told_as_such() -> None:
    # RFC 6761 keeps the name from ever being found.
    assert "not found" in refusal("http://nowhere.invalid/")


def test_a_server_without_tls_cannot_prove_who_it_is(server: str) -> None:
    assert "prove" in refusal(server.replace("http:", "https:"))
