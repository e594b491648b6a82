"""Tests of `kg.sharding`."""
