"""Pushing a graph to a server: each named graph by itself, and only what changed since it was last pushed there."""

from kg.pushing.credentials import Credentials, check_address, find_credentials
from kg.pushing.pushing import Pushed, push
from kg.pushing.sending import Sender
from kg.pushing.targets import GraphStore, Target, UpdateEndpoint

__all__ = [
    "Credentials",
    "GraphStore",
    "Pushed",
    "Sender",
    "Target",
    "UpdateEndpoint",
    "check_address",
    "find_credentials",
    "push",
]
