"""Jobs at several workers: real processes, of which some are kept from their work for long."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from kg.serving.jobs import Ask, Job, Reply, WorkerSettings
from kg.serving.metrics import Metrics
from kg.serving.pool import Pool
from kg.serving.process import WorkError
from kg.serving.sources import FixedSource
from tests.serving.conftest import GRAPH

_Value = TypeVar("_Value")
_ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
_MEDIA = "text/csv"


def _run(work: Coroutine[Any, Any, _Value]) -> _Value:
    """Run work in a thread of its own: in this one the loop of a browser's tests may run."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    with FixedSource.of_file(GRAPH) as source:
        yield _run(source.current())[0]


def _job(store: str, text: str) -> Job:
    return Job(store, gzip=False, task=Ask(text, None, None, _MEDIA, None))


def _in_pool(size: int, work: Callable[[Pool], Awaitable[None]], timeout: float = 30) -> None:
    """Do work with a pool, and see that it ends with no worker left at a job."""
    settings = WorkerSettings(writes=None, timeout=timeout, memory=1 << 29, max_result=1 << 20, services=())

    async def run() -> None:
        pool = Pool(settings, size, 64, Metrics(quiet=True))
        await pool.start()
        try:
            await work(pool)
        finally:
            await pool.close()

    _run(run())


async def _numbers(pool: Pool, store: str, numbers: range) -> list[tuple[Reply, bytes] | BaseException]:
    jobs = (pool.run(_job(store, f"SELECT ({number} AS ?n) {{}}")) for number in numbers)
    return await asyncio.gather(*jobs, return_exceptions=True)


def _said(numbers: range) -> list[bytes]:
    return [f"n\r\n{number}\r\n".encode() for number in numbers]


def _bodies(answers: list[tuple[Reply, bytes] | BaseException]) -> list[bytes]:
    return [body for _, body in (one for one in answers if not isinstance(one, BaseException))]


@pytest.mark.parametrize("size", [1, 2, 4])
def test_each_job_gets_its_own_answer_however_many_come_at_once(store: str, size: int) -> None:
    async def work(pool: Pool) -> None:
        for _ in range(5):
            assert _bodies(await _numbers(pool, store, range(50))) == _said(range(50))

    _in_pool(size, work)


def test_workers_of_a_large_process_are_kept(store: str) -> None:
    ballast = b"x" * (300 << 20)

    async def work(pool: Pool) -> None:
        before = set(pool._all)
        assert _bodies(await _numbers(pool, store, range(50))) == _said(range(50))
        assert set(pool._all) == before

    _in_pool(2, work)
    assert len(ballast) == 300 << 20


@pytest.mark.parametrize("size", [1, 2, 3])
def test_jobs_behind_endless_ones_are_done_all_the_same(store: str, size: int) -> None:
    async def work(pool: Pool) -> None:
        endless = [asyncio.create_task(pool.run(_job(store, _ENDLESS))) for _ in range(size)]
        await asyncio.sleep(0)
        assert _bodies(await _numbers(pool, store, range(20))) == _said(range(20))

        ends = await asyncio.gather(*endless, return_exceptions=True)
        assert all(isinstance(one, WorkError) for one in ends)
        assert _bodies(await _numbers(pool, store, range(20))) == _said(range(20))

    _in_pool(size, work, timeout=2)


def test_jobs_behind_one_that_kills_its_worker_are_done_by_others(store: str) -> None:
    async def work(pool: Pool) -> None:
        for _ in range(5):
            answers = asyncio.create_task(_numbers(pool, store, range(40)))
            await asyncio.sleep(0.002)
            for worker in list(pool._busy)[:1]:
                os.kill(worker._process.get_pid(), signal.SIGKILL)
            done = await answers

            assert sum(isinstance(one, WorkError) for one in done) <= 1
            assert set(_bodies(done)) <= set(_said(range(40)))
            assert len(_bodies(done)) >= 39

    _in_pool(2, work)


def test_a_job_that_nobody_waits_for_any_more_keeps_no_worker(store: str) -> None:
    async def work(pool: Pool) -> None:
        for _ in range(10):
            tasks = [asyncio.create_task(_numbers(pool, store, range(8))) for _ in range(4)]
            await asyncio.sleep(0.001)
            for task in tasks[::2]:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        assert _bodies(await _numbers(pool, store, range(50))) == _said(range(50))

    _in_pool(2, work)
