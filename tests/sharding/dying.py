"""Work whose process dies the first time, as for want of memory."""

import os
import signal
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.sharding import Engine
from kg.sharding.engines import Counts, Work


@dataclass(frozen=True)
class _Dying:
    work: Work
    folder: Path
    deaths: Collection[tuple[str, int]]

    def __call__(self, part: int) -> Counts:
        counts = self.work(part)
        stage = self.work.args[1].name  # type: ignore[attr-defined]  # a partial
        died = self.folder / f"{stage}-{part}"
        if (stage, part) in self.deaths and not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return counts


class Dying:
    """An engine whose processes die once, when some parts are done, before they say so.

    Args:
        engine: Runs the parts.
        folder: Where it is noted who has died.
        deaths: Stages and parts.
    """

    def __init__(self, engine: Engine, folder: Path, deaths: Collection[tuple[str, int]]) -> None:
        self._engine, self._folder, self._deaths = engine, folder, deaths

    def run(self, work: Work, parts: Iterable[int]) -> Iterator[Counts]:
        """Do all parts."""
        return self._engine.run(_Dying(work, self._folder, self._deaths), parts)
