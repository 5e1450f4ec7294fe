"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every machine and in every run; no deadline, because slow machines are no mistake.
settings.register_profile("casebook", deadline=None, derandomize=True, max_examples=60, database=None)
settings.load_profile("casebook")
