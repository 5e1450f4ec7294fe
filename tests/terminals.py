"""A terminal with somebody at it who has the answers ready."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import casebook

CTRL_C, CTRL_D = "\x03", "\x04"
PATIENCE = 60
"""Seconds of silence after which nobody waits any longer: a question had no answer ready, or the program hangs."""

PAUSE = 0.1
"""Seconds after which a question that seems to have been asked has been."""


def drive(arguments: Sequence[str], answers: Sequence[str], folder: Path) -> tuple[int, str]:
    """Run `casebook` in a pseudo-terminal, giving an answer whenever it waits for one: its exit status and its words."""
    import pty  # not on every system

    process, terminal = pty.fork()
    if process == 0:
        # Where the tests run in the background, a shell has set this to be passed over; in a terminal it is not.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.chdir(folder)
        environment = {**os.environ, "TERM": "dumb", "PYTHONPATH": str(Path(casebook.__file__).parents[1])}
        os.execve(sys.executable, [sys.executable, "-m", "casebook.cli", *arguments], environment)  # noqa: S606
    left = list(answers)
    said = b""
    since = 0
    while True:
        if not select.select([terminal], [], [], PATIENCE)[0]:
            os.kill(process, signal.SIGKILL)
        try:
            new = os.read(terminal, 65536)
        except OSError:  # Linux says so when the program has ended
            new = b""
        if not new:
            break
        said += new
        is_asking = said[since:].endswith((b"> ", b"] ", b") "))
        # A question may come in pieces, and each of them may look like one.
        if is_asking and not select.select([terminal], [], [], PAUSE)[0]:
            since = len(said)
            if not left:
                os.kill(process, signal.SIGKILL)
                continue
            answer = left.pop(0)
            os.write(terminal, (answer if answer in (CTRL_C, CTRL_D) else f"{answer}\n").encode())
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.close(terminal)
    text = said.decode().replace("\r\n", "\n")
    assert not left, f"{left} were not asked for:\n{text}"
    return status, text
