"""Items worked on by several processes, in order, whatever dies.

Each process has a pipe of its own, so that what one that is killed leaves half said reaches nobody else, and it is
known which item it had in hand; the pools of the standard library share their pipes, and lose all that is under way.
"""

import os
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Final, Generic, TypeVar

from kg.errors import UsageError

__all__ = ["AHEAD", "TRIES", "Died", "in_order", "watch_parent"]

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")

BATCH: Final = 8
"""Items that a process gets at once at most: what they take is long beside what the pipe does."""
AHEAD: Final = 4 * BATCH
"""Items for each process that are taken before their turn: they are under way, or wait for one before them."""
_DYING: Final = 5.0
"""Seconds that a process may take to end after it let go of its pipe."""
TRIES: Final = 3
"""How often an item is begun whose process ends; once may be chance."""

Begin = Callable[[], Callable[[_Item], _Made]]
"""Called once in each process, which it makes ready; it gives what is called with each item."""


@dataclass(frozen=True, slots=True)
class Died(Generic[_Item]):
    """Stands for what would have been made of an item, if it did not end each process that works on it.

    Attributes:
        how: How the last of them ended, in words.
    """

    item: _Item
    how: str


@dataclass(slots=True)
class _Raised:
    """Stands for what could not be made of an item, and says why."""

    error: Exception


@dataclass(slots=True, eq=False)
class _Task(Generic[_Item, _Made]):
    """An item; it is done as soon as there is something in `made`, which holds one thing then."""

    item: _Item
    made: list[_Made | Died[_Item] | _Raised]
    deaths: int = 0


def in_order(
    begin: Begin[_Item, _Made], items: Iterable[_Item], workers: int
) -> Generator[_Made | Died[_Item], None, None]:
    """Work on items in several processes; what they raise is raised when the turn comes to their item.

    No more than `AHEAD` items for each process are taken before they are needed. All processes end with the iterator:
    close it where it may not be used up.

    Args:
        begin: Can be pickled, as can what it gives, or raises, in the end.
        items: Any number; they can be pickled.
        workers: Number of processes, at least 1.

    Raises:
        UsageError: A process ends before it is ready, again and again.
    """
    crew = _Crew(begin, workers)
    try:
        yield from crew.work(iter(items))
    finally:
        crew.end()


class _Crew(Generic[_Item, _Made]):
    """The processes, and the items that are taken and not given back yet."""

    def __init__(self, begin: Begin[_Item, _Made], workers: int) -> None:
        self._begin, self._size = begin, workers
        self._workers: list[_Worker[_Item, _Made]] = []
        self._taken: deque[_Task[_Item, _Made]] = deque()
        self._waiting: deque[_Task[_Item, _Made]] = deque()
        self._false_starts = 0

    def work(self, items: Iterator[_Item]) -> Iterator[_Made | Died[_Item]]:
        """Give what is made of the items, in their order."""
        while True:
            self._take(items)
            if not self._taken:
                return
            self._deal()
            first = self._taken[0]
            self._listen(None if not first.made else 0)
            if first.made:
                made = self._taken.popleft().made[0]
                if isinstance(made, _Raised):
                    raise made.error
                yield made

    def end(self) -> None:
        """End all processes, at once."""
        for worker in self._workers:
            worker.end()
        self._workers = []

    def _take(self, items: Iterator[_Item]) -> None:
        missing = max(0, AHEAD * self._size - len(self._taken))
        new = [_Task[_Item, _Made](item, []) for item in islice(items, missing)]
        self._taken += new
        self._waiting += new

    def _deal(self) -> None:
        """Give waiting items to processes that have none; towards the end fewer, so that all end together."""
        missing = min(self._size - len(self._workers), len(self._waiting))
        self._workers += [_Worker(self._begin) for _ in range(missing)]
        for worker in self._workers:
            if self._waiting and worker.is_idle:
                share = max(1, min(BATCH, len(self._waiting) // self._size))
                worker.give([self._waiting.popleft() for _ in range(min(share, len(self._waiting)))])

    def _listen(self, seconds: float | None) -> None:
        """Hear what the processes have to say.

        Args:
            seconds: To wait for it at most; None for as long as it takes.
        """
        speakers = {worker.connection: worker for worker in self._workers}
        for connection in wait(list(speakers), seconds):
            worker = speakers[connection]  # type: ignore[index]  # it gives what it was given
            if worker.hear():
                self._false_starts = 0
            else:
                self._bury(worker)

    def _bury(self, worker: "_Worker[_Item, _Made]") -> None:
        """Let others have what a dead process had in hand; what has killed too many is given up."""
        worker.bury()
        self._workers.remove(worker)
        if not worker.is_ready:
            self._shrink(worker.how_it_ended)
        left = worker.tasks
        if left:
            left[0].deaths += 1
            if left[0].deaths == TRIES:
                dead = left.popleft()
                dead.made.append(Died(dead.item, worker.how_it_ended))
        self._waiting.extendleft(reversed(left))

    def _shrink(self, how_it_ended: str) -> None:
        """Do with fewer processes where there seems to be no room for one more."""
        if self._size > 1:
            self._size -= 1
            return
        self._false_starts += 1
        if self._false_starts == TRIES:
            reason = f"the processes that should read texts end as they start ({how_it_ended})"
            raise UsageError(f"{reason}; free memory, or read with --workers 1")


class _Worker(Generic[_Item, _Made]):
    """A process; it is given several tasks at once, and tells of each as soon as it is done."""

    def __init__(self, begin: Begin[_Item, _Made]) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, begin), daemon=True)
        with _without_interrupts():
            self._process.start()
        theirs.close()  # so that the pipe ends with the process
        self.tasks: deque[_Task[_Item, _Made]] = deque()
        self.is_ready = False

    @property
    def is_idle(self) -> bool:
        return self.is_ready and not self.tasks

    @property
    def how_it_ended(self) -> str:
        """In words; for a process that has ended."""
        status = self._process.exitcode or 0
        if status >= 0:
            return f"exit status {status}"
        named = -status in {*signal.Signals}  # those of real time have no name
        return f"killed by {signal.Signals(-status).name if named else f'signal {-status}'}"

    def give(self, tasks: Iterable[_Task[_Item, _Made]]) -> None:
        """Let it work on tasks; it has none yet, so that it listens."""
        self.tasks.extend(tasks)
        with suppress(OSError):  # it is dead, and that will be heard
            self.connection.send([task.item for task in self.tasks])

    def hear(self) -> bool:
        """Take in one message; False if there will be none any more."""
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            return False
        if self.is_ready:
            self.tasks.popleft().made.append(message)
        elif isinstance(message, _Raised):
            raise message.error
        self.is_ready = True
        return True

    def bury(self) -> None:
        """Let a process that says no more end by itself, so that it is known how."""
        self._process.join(_DYING)
        self.end()

    def end(self) -> None:
        """End the process; it holds nothing that could be left half done."""
        self._process.kill()
        self._process.join()
        self.connection.close()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Keep Ctrl-C from a process that is started meanwhile: it reaches all, and is for the first of them to answer."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # as starting a process does where it does not run, and lets interrupts through
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # a new process begins with what holds here
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


# --- in the processes


def _serve(connection: Connection, begin: Begin[_Item, _Made]) -> None:
    watch_parent()
    try:
        make = begin()
    except Exception as error:  # noqa: BLE001 - it is raised where the process was started
        connection.send(_raised(error))
        return
    connection.send(None)
    while True:
        for item in connection.recv():
            connection.send(_made(make, item))


def _made(make: Callable[[_Item], _Made], item: _Item) -> _Made | _Raised:
    try:
        return make(item)
    except Exception as error:  # noqa: BLE001 - it is raised when the turn comes to the item
        return _raised(error)


def _raised(error: Exception) -> _Raised:
    """Make an error fit for the way, with its traceback as a note; one that cannot be pickled is told in words."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own making
    except Exception:  # noqa: BLE001 - whatever it does when it is copied
        return _Raised(RuntimeError(f"{type(error).__name__}: {error}"))
    return _Raised(error)


def watch_parent() -> None:
    """Have this process end when that which started it does, however that was."""
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process whose parent is gone works for nobody."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
