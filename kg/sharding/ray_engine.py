"""Parts run on a Ray cluster (https://docs.ray.io/en/latest/ray-core/walkthrough.html).

Tasks, not Ray Data: what stages exchange lies in files, so that nothing is lost with a machine, and a worker process
keeps the model and the vocabularies from one part to the next.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from kg.errors import GraphError, KgError, UsageError
from kg.sharding.engines import RETRIES, Counts, Work

__all__ = ["RayEngine"]

_AHEAD: Final = 2
"""Parts that wait for each core, so that none is idle; what is done does not grow with the number of parts."""


class RayEngine:
    """Runs parts on the cluster that ``RAY_ADDRESS`` names, else one that runs here, else one of this machine alone.

    A context manager, which leaves the cluster, or ends it if it was of this machine alone.

    Every machine must have the same `kg`, and see the inputs, the shards and added vocabularies under the same names.

    Raises:
        UsageError: Ray is not installed, or the cluster cannot be reached.
    """

    def __init__(self) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
        try:
            import ray  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise UsageError("--engine ray needs Ray; install it with: pip install 'kg[ray]'") from error
        self._ray: Any = ray
        self._own = not ray.is_initialized()
        try:
            if self._own:
                ray.init(log_to_driver=False, include_dashboard=False, logging_level=logging.WARNING)
        except (ConnectionError, ValueError, RuntimeError) as error:
            address = os.environ.get("RAY_ADDRESS", "found on this machine")
            remedy = "start it, give kg its RAY_AUTH_MODE and token, or unset RAY_ADDRESS"
            raise UsageError(f"the Ray cluster {address} cannot be reached ({_line(error)}); {remedy}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own:
            self._ray.shutdown()

    def run(self, work: Work, parts: Iterable[int]) -> Iterator[Counts]:
        """Do all parts.

        Raises:
            KgError: What a part raises.
            GraphError: A part kills every process that it is run in.
        """
        ray = self._ray
        task = ray.remote(num_cpus=1, max_retries=RETRIES, scheduling_strategy="SPREAD")(_do)
        left, folder = iter(parts), str(Path.cwd())
        running: dict[Any, int] = {}
        while True:
            room = _AHEAD * max(1, int(ray.cluster_resources().get("CPU", 1))) - len(running)
            running |= {task.remote(folder, work, part): part for part in islice(left, max(0, room))}
            if not running:
                return
            (done,), _ = ray.wait(list(running), num_returns=1)
            yield self._result(done, running.pop(done))

    def _result(self, done: object, part: int) -> Counts:
        errors = self._ray.exceptions
        try:
            counts: Counts = self._ray.get(done)
        except errors.RayTaskError as error:
            if isinstance(error.cause, KgError):
                raise error.cause from error
            raise
        except errors.RayError as error:
            reason = f"part {part} ended every process that it was run in ({_line(error)})"
            raise GraphError(f"{reason}; what is done stays: give it more memory, and run the same again") from error
        return counts


def _do(folder: str, work: Work, part: int) -> Counts:
    with suppress(FileNotFoundError):  # of a machine where no name is relative to it
        os.chdir(folder)  # names of files as typed
    return work(part)


def _line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
