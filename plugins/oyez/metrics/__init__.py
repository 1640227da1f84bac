"""Core metrics: cards, the runner that fills `metric.*`, the checks and the reference page."""
