"""The DuckDB warehouse: one writer under a lock, snapshots for everybody else."""
