"""Connectors: each yields the items of one kind of place."""
