"""Measurements, each against a baseline timed in the same run. `python -m bench` runs them all; see `__main__`."""
