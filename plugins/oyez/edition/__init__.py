"""Editions: the frozen numbers of one client, report, scope, locale and period."""
