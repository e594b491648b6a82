"""Benchmarks of what is too slow to time in tests."""
