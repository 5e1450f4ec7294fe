"""The form's own files, for the browser."""

from __future__ import annotations

from importlib.resources import files


def page(name: str) -> bytes:
    """One of them."""
    return (files(__name__) / name).read_bytes()
