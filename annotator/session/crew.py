"""Processes that work on files ahead of the one who takes the results, in order.

However one of them ends, out of memory or killed, the results of the others are not lost, and the
file that it worked on is named.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from annotator.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from types import TracebackType
    from typing import Self

Terms = TypeVar("Terms")
Result = TypeVar("Result")

CHUNK_FILES: Final = 8
"""Files that go to a worker together: one by one, the way there takes as long as the work."""

AHEAD_FILES: Final = 64
AHEAD_BYTES: Final = 4_000_000
"""So many files, or bytes, are handed out before the first of them is taken back: what is done and
not yet written takes several times its bytes in memory.
"""

_terms: object = None
"""In a worker: what it was started with, once instead of with every chunk."""


class Crew(Generic[Terms, Result]):
    """Workers that do `work(file, terms)` in processes of their own, while it is open.

    They are spawned, not forked: a fork beside threads may hang. Leaving by an exception ends them
    at once; so does the end of this process, however it comes.
    """

    def __init__(self, work: Callable[[str, Terms], Result], terms: Terms, *, workers: int) -> None:
        self._work = work
        self._terms = terms
        self._workers = workers
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._lifeline.close()
        self._pool.shutdown(cancel_futures=True)
        self._lifeline.close()

    def work_through(self, files: Iterable[tuple[str, int]]) -> Iterator[tuple[str, Result | None]]:
        """Each of these files, of so many bytes, with its result, in order; `None`: the worker died
        of it. `SourceError` where workers die whatever they work on.
        """
        rest, ahead = _chunk(files), _Ahead[Result]()
        for chunk, size in rest:
            ahead.add(chunk, size, self._submit(chunk))
            while ahead.is_full():
                yield from self._take(ahead)
        yield from self._take_all(ahead)

    def share_out(self, pieces: Iterable[str]) -> Iterator[tuple[str, Result | None]]:
        """The same of few pieces of work with small results: all are handed out at once, each to
        whoever is free, while whoever asks may still be busy elsewhere.
        """
        ahead = _Ahead[Result]()
        for piece in pieces:
            ahead.add([piece], 0, self._submit([piece]))
        return self._take_all(ahead)

    def _take_all(self, ahead: _Ahead[Result]) -> Iterator[tuple[str, Result | None]]:
        while ahead.waiting:
            yield from self._take(ahead)

    def _take(self, ahead: _Ahead[Result]) -> list[tuple[str, Result | None]]:
        chunk, future = ahead.pop()
        try:
            return list(zip(chunk, future.result(), strict=True))
        except BrokenProcessPool:
            return self._search(ahead, chunk)

    def _search(self, ahead: _Ahead[Result], chunk: list[str]) -> list[tuple[str, Result | None]]:
        """Find the file that a worker dies of. All that was handed out is lost with the pool, and
        nothing says who was to blame: so the files follow one by one, each with nothing beside it.
        """
        self._restart()
        taken = [(file, self._do_alone(file)) for file in chunk]
        while ahead.waiting:
            chunk, future = ahead.pop()
            if future.done() and future.exception() is None:
                taken += zip(chunk, future.result(), strict=True)
            else:
                taken += [(file, self._do_alone(file)) for file in chunk]
        return taken

    def _do_alone(self, file: str) -> Result | None:
        try:
            return self._submit([file]).result()[0]
        except BrokenProcessPool:
            self._restart()
            return None

    def _submit(self, chunk: list[str]) -> Future[list[Result]]:
        try:
            return self._pool.submit(_work_on, self._work, chunk)
        except BrokenProcessPool as error:
            broken: Future[list[Result]] = Future()
            broken.set_exception(error)
            return broken

    def _restart(self) -> None:
        self._lifeline.close()
        self._pool.shutdown(cancel_futures=True)
        self._start()
        try:
            self._pool.submit(os.getpid).result()
        except BrokenProcessPool as error:
            raise SourceError(
                "The processes that read the files end as soon as they begin: import fewer files"
                " at a time, which are read without them."
            ) from error

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        theirs, self._lifeline = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(
            self._workers, mp_context=context, initializer=_begin, initargs=(theirs, self._terms)
        )


class _Ahead(Generic[Result]):
    """What was handed out and not yet taken back."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[list[str], int, Future[list[Result]]]] = deque()

    def add(self, chunk: list[str], size: int, future: Future[list[Result]]) -> None:
        self.waiting.append((chunk, size, future))

    def pop(self) -> tuple[list[str], Future[list[Result]]]:
        chunk, _, future = self.waiting.popleft()
        return chunk, future

    def is_full(self) -> bool:
        files = sum(len(chunk) for chunk, _, _ in self.waiting)
        return files >= AHEAD_FILES or sum(size for _, size, _ in self.waiting) >= AHEAD_BYTES


def _chunk(files: Iterable[tuple[str, int]]) -> Iterator[tuple[list[str], int]]:
    chunk: list[str] = []
    length = 0
    for file, size in files:
        chunk.append(file)
        length += size
        if len(chunk) == CHUNK_FILES or length * AHEAD_FILES >= AHEAD_BYTES * CHUNK_FILES:
            yield chunk, length
            chunk, length = [], 0
    if chunk:
        yield chunk, length


# -- in a worker


def _begin(lifeline: Connection, terms: Terms) -> None:
    global _terms  # noqa: PLW0603 - what a pool's initializer brings has nowhere else to be
    _terms = terms
    # Ctrl+C goes to the whole group of processes; the first one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    """End this process when nobody holds the other end of the pipe any more."""
    try:
        lifeline.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)


def _work_on(work: Callable[[str, Terms], Result], chunk: list[str]) -> list[Result]:
    terms: Terms = _terms  # type: ignore[assignment]
    return [work(file, terms) for file in chunk]
