"""A hook that stops a build in its middle: it says so in a file, then waits to be killed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Stop at the first page that is written below `lessons/`, when others are written already."""
    if page.url.startswith("lessons/"):
        Path(config.config_file_path).with_name("stalled").touch()
        time.sleep(600)
    return output
