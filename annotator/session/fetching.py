"""From an http or https address to the bytes there, within bounds of time, size and kind.

Addresses of the loopback and of private networks are allowed: newsrooms keep articles on an
intranet, and what is fetched is what the user named. A proxy that the environment names is used.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit
from urllib.request import (
    AbstractHTTPHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from annotator import __version__
from annotator.errors import SourceError
from annotator.text.display import show_line

if TYPE_CHECKING:
    from http.client import HTTPMessage

MOST_REDIRECTS: Final = 5

_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES: Final = (
    *("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf"),
    *(_DOCX, "text/csv", "text/tab-separated-values", "application/json", "text/json"),
    *("application/jsonl", "application/x-ndjson", "application/ld+json"),
)
_TYPES_TOLD: Final = "web pages, plain text, Markdown, PDF, .docx, CSV and JSON"
_PIECE: Final = 65_536
_SAFE: Final = "!$%&'()*+,-./:;=?@_~"
_FAULTS: Final = (OSError, http.client.HTTPException, ValueError, zlib.error)
"""What urllib and what it stands on raise for an answer that is not as it should be; `ValueError`
is for headers and redirects that make no sense.
"""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes, decompressed; the content type as the server said it, with
    its charset if it named one; and the address that gave it, behind all redirects.
    """

    content: bytes
    content_type: str
    url: str


def fetch(url: str, *, timeout: float = 20.0, most: int = 20_000_000) -> Fetched:
    """Read what is at `url`, in `timeout` seconds altogether and `most` bytes, decompressed.

    `SourceError` for an address that is not http or https (redirects included) or carries a name
    and password; a server that is not found, refuses, takes too long, cannot prove who it is or
    answers with an error; and for an answer too large, cut short, or of a kind that nothing reads.
    """
    asked = _check_address(url, url)
    calls = _Calls()
    pool = ThreadPoolExecutor(1, thread_name_prefix="fetch")
    # A socket's own timeout starts again with every byte that arrives, so the whole is timed here.
    waiting = pool.submit(_read, asked, url, timeout, most, calls)
    try:
        return waiting.result(timeout)
    except TimeoutError:
        raise SourceError(
            f"{show_line(url)} took longer than {timeout:g} seconds: try again later, or save the"
            " page and import the file."
        ) from None
    finally:
        calls.hang_up()
        pool.shutdown(wait=False, cancel_futures=True)


@dataclass(slots=True)
class _Calls:
    """The sockets that are open, so that they can be closed from outside."""

    sockets: list[socket.socket] = field(default_factory=list)
    ended: bool = False

    def add(self, line: socket.socket) -> None:
        self.sockets.append(line)
        if self.ended:
            self.hang_up()

    def hang_up(self) -> None:
        self.ended = True
        for line in list(self.sockets):
            with suppress(OSError):  # closed already
                line.shutdown(socket.SHUT_RDWR)


def _read(asked: str, url: str, timeout: float, most: int, calls: _Calls) -> Fetched:
    headers = {
        "User-Agent": f"annotator/{__version__}",
        "Accept": f"text/html, application/xhtml+xml, {', '.join(_TYPES[2:])};q=0.9",
        "Accept-Encoding": "gzip",
    }
    opener = _build_opener(url, calls)
    try:
        answer = opener.open(Request(asked, headers=headers), timeout=timeout)  # noqa: S310
        assert isinstance(answer, http.client.HTTPResponse)  # noqa: S101
        with closing(answer):
            kind = _check_type(answer, url)
            content = _read_body(answer, url, most)
            return Fetched(content, kind, answer.geturl())
    except _FAULTS as error:
        raise _explain(error, url, timeout) from error


def _check_address(url: str, named: str) -> str:
    """The address in ASCII; `named` is what the user gave, which messages tell."""
    shown = show_line(url)
    if any(character.isspace() or not character.isprintable() for character in url):
        raise SourceError(
            f"{shown} holds a blank or a control character, which no address has: check it."
        )
    try:
        parts = urlsplit(url)
        port = "" if parts.port is None else f":{parts.port}"
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        raise SourceError(f"{shown} is no address: check how it is written.") from None
    _check_parts(parts, shown, named)
    host = f"[{host}]" if ":" in host else host
    return urlunsplit(
        (
            parts.scheme.lower(),
            host + port,
            quote(parts.path, safe=_SAFE) or "/",
            quote(parts.query, safe=_SAFE),
            "",
        )
    )


def _check_parts(parts: SplitResult, shown: str, named: str) -> None:
    led = "" if shown == show_line(named) else f"{show_line(named)} leads to "
    if parts.scheme.lower() not in ("http", "https"):
        raise SourceError(
            f"{led}{shown}, which is neither http nor https: give the address of the page itself."
        )
    if "@" in parts.netloc:
        # The name and password are left out of the message.
        raise SourceError(
            f"{led}{'' if led else 'The address at '}{show_line(parts.hostname or '')} with a user"
            " name or password in it, which would be stored with the document: give it without"
            " them, or save the page and import the file."
        )
    if not parts.hostname:
        raise SourceError(f"{led}{shown}, which names no server: check the address.")


class _Redirects(HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS
    max_repeats = MOST_REDIRECTS

    def __init__(self, url: str) -> None:
        self._url = url

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        return super().redirect_request(
            req, fp, code, msg, headers, _check_address(newurl, self._url)
        )

    def http_error_302(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> IO[bytes] | None:
        # The library would read the whole of it, however large; a closed one is empty.
        fp.close()
        # Its own check lets ftp through and tells a refusal as an error of the server.
        target = headers.get("location") or headers.get("uri") or ""
        scheme, colon, _ = target.partition(":")
        if colon and scheme.isalnum() and scheme.lower() not in ("http", "https"):
            _check_address(target.replace(" ", "%20"), self._url)
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class _Plain(AbstractHTTPHandler):
    def __init__(self, calls: _Calls) -> None:
        super().__init__()
        self._calls = calls
        # Made here and not for each call: reading the system's certificates takes a while.
        self._context = ssl.create_default_context()

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        calls = self._calls

        class Connection(http.client.HTTPConnection):
            def connect(self) -> None:
                super().connect()
                calls.add(self.sock)

        return self.do_open(Connection, req)

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        calls = self._calls

        class Connection(http.client.HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                calls.add(self.sock)

        return self.do_open(Connection, req, context=self._context)

    http_request = https_request = AbstractHTTPHandler.do_request_


def _build_opener(url: str, calls: _Calls) -> OpenerDirector:
    """An opener of http and https alone: `build_opener` would add files, FTP and `data:`."""
    opener = OpenerDirector()
    for part in (
        ProxyHandler(),
        _Plain(calls),
        _Redirects(url),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(part)
    return opener


def _check_type(answer: http.client.HTTPResponse, url: str) -> str:
    said = "".join(filter(str.isprintable, answer.headers.get("Content-Type", "")))
    kind = said.partition(";")[0].strip().lower()
    if kind in _TYPES or (kind.startswith("application/") and kind.endswith("+json")):
        return said
    raise SourceError(
        f"{show_line(url)} is of the type {show_line(kind)[:80] or '(none named)'}, which is not"
        f" read from an address: {_TYPES_TOLD} are. Save it and import the file."
    )


def _read_body(answer: http.client.HTTPResponse, url: str, most: int) -> bytes:
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip"):
        raise SourceError(
            f"{show_line(url)} came compressed as {show_line(coding)[:80]}, which was not asked"
            " for: save the page and import the file."
        )
    unpacked = bytearray()
    packed = zlib.decompressobj(zlib.MAX_WBITS | 16) if coding.endswith("gzip") else None
    while piece := answer.read(_PIECE):
        # One byte over the limit is enough to know, however much a gzip bomb holds.
        room = most + 1 - len(unpacked)
        unpacked += piece if packed is None else packed.decompress(piece, room)
        if len(unpacked) > most:
            raise SourceError(
                f"{show_line(url)} is larger than {most:,} bytes: save the article's text and"
                " import that."
            )
    # http.client says nothing of a body shorter than its header promised, read piece by piece.
    if answer.length or (packed is not None and not packed.eof):
        raise http.client.IncompleteRead(bytes(unpacked), answer.length)
    return bytes(unpacked)


def _explain(error: Exception, url: str, timeout: float) -> SourceError:
    shown = show_line(url)
    if isinstance(error, HTTPError):
        error.close()
        return _explain_status(error, shown)
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLError):
        reason = show_line(getattr(cause, "verify_message", "") or cause.reason or str(cause))
        return SourceError(
            f"The server of {shown} cannot prove who it is ({reason}): check the address, or"
            " save the page with a browser and import the file."
        )
    if isinstance(cause, socket.gaierror):
        return SourceError(
            f"The server of {shown} is not found: check the address and the network."
        )
    if isinstance(cause, ConnectionRefusedError):
        return SourceError(
            f"The server of {shown} refuses the connection: check the address, or try again later."
        )
    if isinstance(cause, TimeoutError):
        return SourceError(
            f"{shown} took longer than {timeout:g} seconds: try again later, or save the page and"
            " import the file."
        )
    if isinstance(cause, http.client.IncompleteRead | zlib.error):
        return SourceError(f"{shown} came cut short or damaged: try again.")
    return SourceError(
        f"{shown} cannot be read ({show_line(str(cause))[:200] or type(cause).__name__}): try"
        " again later, or save the page and import the file."
    )


def _explain_status(error: HTTPError, shown: str) -> SourceError:
    reason = show_line(str(error.reason))[:80]
    if error.code in (301, 302, 303, 307, 308):
        return SourceError(
            f"{shown} is redirected more than {MOST_REDIRECTS} times, or to nowhere: give the"
            " address at which a browser ends."
        )
    if error.code in (404, 410):
        return SourceError(
            f"There is no page at {shown} (the server says {error.code}): check the address."
        )
    if error.code in (401, 402, 403):
        return SourceError(
            f"The server does not give {shown} to everyone (it says {error.code}): save the page"
            " with a browser in which you may read it, and import the file."
        )
    return SourceError(
        f"The server of {shown} answers with the error {error.code} {reason}".rstrip()
        + ": try again later, or save the page and import the file."
    )
