"""What runs the parts of a stage."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Final, Protocol, Self

from kg.errors import GraphError
from kg.pipeline import watch_parent

__all__ = ["RETRIES", "Counts", "Engine", "LocalEngine", "Work"]

Counts = Mapping[str, int]
"""What was done, as sums to be added up."""

Work = Callable[[int], Counts]
"""Does one part of a stage, by its number; done twice, it writes the same."""

RETRIES: Final = 10
"""How often parts are begun again after a process or machine died, and none is done meanwhile."""


class Engine(Protocol):
    """Runs parts somewhere, any number at a time, each as often as it takes until it is done once."""

    def run(self, work: Work, parts: Iterable[int]) -> Iterator[Counts]:
        """Do all parts, in any order, and give what each of them says.

        Raises:
            KgError: What a part raises; others are not begun any more.
        """


class LocalEngine:
    """Runs parts on this machine; a context manager, which ends its processes.

    Args:
        workers: Processes; with one, parts are run in this one.
    """

    def __init__(self, workers: int = 1) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def run(self, work: Work, parts: Iterable[int]) -> Iterator[Counts]:
        """Do all parts.

        Raises:
            KgError: What a part raises.
            GraphError: Processes die again and again.
        """
        if self._workers == 1:
            yield from map(work, parts)
            return
        left, deaths = set(parts), 0
        while deaths < RETRIES:
            try:
                for part, counts in self._run(work, sorted(left)):
                    left.remove(part)
                    deaths = 0
                    yield counts
            except BrokenProcessPool:
                deaths += 1
                self._end()
            else:
                return
        reason = f"processes ended while they worked on parts {', '.join(map(str, sorted(left)[: self._workers]))}"
        raise GraphError(f"{reason} or others; what is done stays: free memory, and run the same again")

    def _run(self, work: Work, parts: Iterable[int]) -> Iterator[tuple[int, Counts]]:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, mp_context=get_context("spawn"), initializer=watch_parent)
        futures = {self._pool.submit(work, part): part for part in parts}
        for future in as_completed(futures):
            yield futures[future], future.result()

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
