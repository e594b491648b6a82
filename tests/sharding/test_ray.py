"""The same shards from a Ray cluster of two nodes, of which processes and a whole node die in the middle."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import ray
from ray._private.node import Node
from ray.cluster_utils import Cluster

from kg.settings import Settings
from kg.sharding import Engine, LocalEngine, Shards, build_shards
from kg.sharding.engines import Counts, Work
from kg.sharding.ray_engine import RayEngine
from tests.cases import SAMPLE
from tests.sharding.dying import Dying
from tests.sharding.test_shards import files_of

DEATHS = int(os.environ.get("DEATHS", "1"))
"""How often a process, and how often a node is killed (``make crash-test``: 5)."""
PAPERS = os.environ.get("PAPERS", str(SAMPLE))


class After:
    """An engine during whose work something happens once: when some parts are done."""

    def __init__(self, engine: Engine, parts: int, happens: Callable[[], None]) -> None:
        self._engine, self._left, self._happens = engine, parts, happens

    def run(self, work: Work, parts: Iterable[int]) -> Iterator[Counts]:
        for counts in self._engine.run(work, parts):
            self._left -= 1
            if not self._left:
                self._happens()
            yield counts


@pytest.fixture(scope="module", autouse=True)
def small_parts() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kg.sharding.running._FEWEST", 3)
        yield


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    os.environ["RAY_worker_niceness"] = "0"  # noqa: SIM112 - its name; polite workers would hardly run beside others
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    yield made
    made.shutdown()  # type: ignore[no-untyped-call]  # Ray types a part of itself


@pytest.fixture(scope="module")
def second(cluster: Cluster) -> Iterator[Node]:
    node = cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False)
    cluster.wait_for_nodes()
    yield node
    ray.shutdown()


def made_by(engine: Engine, folder: Path) -> dict[str, bytes]:
    shards = Shards(str(folder))
    build_shards([PAPERS], shards, settings=Settings(fast=True), engine=engine)
    return files_of(shards)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return made_by(LocalEngine(), tmp_path_factory.mktemp("local"))


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize("death", range(DEATHS))
def test_processes_that_die_change_nothing(
    death: int,
    expected: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    deaths = {(random.Random(death).choice(["merge", "extract", "join", "tell"]), part) for part in (0, 2)}
    with RayEngine() as engine:
        assert made_by(Dying(engine, tmp_path, deaths), Path("shards")) == expected
    assert len(list(tmp_path.iterdir())) > 1


@pytest.mark.parametrize("death", range(DEATHS))
def test_a_node_that_dies_changes_nothing(
    death: int,
    cluster: Cluster,
    second: Node,
    expected: dict[str, bytes],
    tmp_path: Path,
) -> None:
    node = cluster.add_node(num_cpus=1) if death else second
    cluster.wait_for_nodes()
    died = []

    def die() -> None:
        cluster.remove_node(node, allow_graceful=False)
        died.append(node)

    with RayEngine() as engine:
        moment = random.Random(death).randrange(10, 50)
        assert made_by(After(engine, moment, die), tmp_path / "shards") == expected
    assert died


def test_ray_is_not_loaded_unless_it_is_asked_for() -> None:
    script = "import sys, kg.cli, kg.sharding; sys.exit('ray' in sys.modules or 'pyarrow' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
