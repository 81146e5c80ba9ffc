"""Impairments of known size, done to calls, beside what was measured of them (``benchmarks.quality_truth``)."""
