"""Graphs of more papers than one machine should read: the same stages, each cut into shards that any engine may run.

Every stage writes files that other stages read: what belongs together across papers meets by its key, as in MapReduce
(Dean and Ghemawat 2004, https://research.google/pubs/mapreduce-simplified-data-processing-on-large-clusters/). A
shard is written once and whole, and one that is there is not made again; so whatever dies, the rest goes on.
"""

from kg.sharding.engines import Engine, LocalEngine
from kg.sharding.folder import Shards
from kg.sharding.loading import load_shards
from kg.sharding.running import ShardReport, build_shards

__all__ = ["Engine", "LocalEngine", "ShardReport", "Shards", "build_shards", "load_shards"]
