"""Benchmarks: what a day, a year and an intake cost, each beside what it is to be compared with.

Everything is measured in CPU seconds of this process, all threads together, in one run and side by
side: machines differ and are shared, ratios stay. `make bench` prints the table of
docs/benchmarks.md.
"""
