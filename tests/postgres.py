"""A private PostgreSQL for the tests: Debian's, in a folder of its own, on loopback."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
import pytest

from annotator.store.postgres import PostgresStore

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER = "owner"
PASSWORD = "horse staple/@"
"""Of the owner; with characters that an address has to quote, and that no message may repeat."""


def find_programs() -> Path | None:
    """The newest `initdb` and `pg_ctl`: in Debian they lie in the version's own folder."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_read_version)
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return None if named is None else Path(named).resolve().parent


def _read_version(path: Path) -> float:
    return float(path.parent.parent.name)


@dataclass
class Server:
    """A server that the tests may stop, kill and start as they like, or one that is given."""

    folder: Path | None
    programs: Path | None
    address: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, schema: str, *, user: str = OWNER, password: str = PASSWORD) -> str:
        """The address of a schema."""
        account = f"{user}:{quote(password, safe='')}@" if self.folder else ""
        base = self.address.replace("//", f"//{account}", 1)
        return f"{base}{'&' if '?' in base else '?'}options=-csearch_path%3D{schema}"

    def connect(self, schema: str = "public") -> psycopg.Connection:
        """A connection beside the store."""
        return psycopg.connect(self.url(schema), autocommit=True)

    @contextmanager
    def schema(self) -> Iterator[str]:
        """A fresh, empty schema."""
        name = f"t{next(self.numbers)}_{os.getpid()}_{secrets.token_hex(3)}"
        with closing(self.connect()) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        try:
            yield name
        finally:
            with closing(self.connect()) as connection:
                connection.execute(b"SET client_min_messages = warning")
                connection.execute(f"DROP SCHEMA {name} CASCADE".encode())

    def control(self, *words: str) -> None:
        """`pg_ctl`, which refuses root."""
        assert self.folder is not None
        assert self.programs is not None
        _run(str(self.programs / "pg_ctl"), "-D", str(self.folder), "-w", "-s", *words)

    def start(self, *, durable: bool = False) -> None:
        assert self.folder is not None
        settings = "" if durable else "-c fsync=off -c full_page_writes=off"
        log = self.folder / "log"
        self.control("-l", str(log), "-o", settings, "start")

    def stop(self, mode: str = "immediate") -> None:
        self.control("-m", mode, "stop")


def _run(*command: str) -> None:
    as_somebody = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    done = subprocess.run(
        [*as_somebody, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        cwd="/",
    )
    assert done.returncode == 0, done.stderr.decode()


def _find_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def run_server() -> Iterator[Server]:
    """A server of our own, or the one that `$ANNOTATOR_TEST_POSTGRES` names; else a skip."""
    given = os.environ.get("ANNOTATOR_TEST_POSTGRES")
    if given:
        yield Server(None, None, given)
        return
    server = make_server()
    server.start()
    try:
        yield server
    finally:
        discard(server)


def make_server() -> Server:
    """A server that is not started yet."""
    programs = find_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL here: install Debian's 'postgresql'")
    # Not pytest's folder, which only its owner may enter, and that is root where the server is not.
    folder = Path(tempfile.mkdtemp(prefix="annotator-postgres-"))
    secret = folder.with_suffix(".password")
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        shutil.chown(secret, "postgres", "postgres")
    _run(
        str(programs / "initdb"),
        *("-D", str(folder), "-U", OWNER, "-A", "scram-sha-256", f"--pwfile={secret}"),
        *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
    )
    secret.unlink()
    port = _find_port()
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write(
            f"listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n"
            "max_connections = 60\nshared_buffers = 32MB\n"
        )
    return Server(folder, programs, f"postgresql://127.0.0.1:{port}/postgres")


def discard(server: Server) -> None:
    """Stop a server of our own, if it runs, and take its folder away."""
    assert server.folder is not None
    if (server.folder / "postmaster.pid").exists():
        server.stop()
    shutil.rmtree(server.folder)


def open_store(server: Server, schema: str, *, patience_ms: int = 4000) -> PostgresStore:
    """A store in a schema."""
    return PostgresStore.open(server.url(schema), patience_ms=patience_ms)
