"""Benchmarks: how fast it is beside the floor, the plainest way and other tools, as ratios of one run."""
