"""`casebook admin`: the form in the browser, for when the pages are not wanted beside it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from socket import socket
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from casebook.admin.bundle import NotInstalled, install, is_installed
from casebook.admin.server import FOLDER, admin_application
from casebook.commands.arguments import today

PORT = 8001
"""Beside the preview's."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--install", action="store_true", help="fetch Decap CMS into .cache/admin/, and do no more")
    parser.add_argument("--port", type=int, default=PORT, metavar="N", help=f"the port on 127.0.0.1 (default {PORT})")


def run(options: argparse.Namespace) -> int:
    """Install the form's program, or serve the form until it is interrupted. 1 when that cannot be done."""
    project = Path.cwd()
    if not (project / "casefiles").is_dir():
        print("casebook admin: there is no casefiles/ here; run this in the project's root", file=sys.stderr)
        return 2
    try:
        if options.install:
            print(f"Decap CMS is in {install(project).relative_to(project)}")
            return 0
        if not is_installed(project):
            print("Decap CMS is not here yet: casebook admin --install", file=sys.stderr)
            return 1
        return _serve(project, options.port)
    except (NotInstalled, OSError, OverflowError) as error:
        print(f"casebook admin: {error}", file=sys.stderr)
        return 1


class _Server(ThreadingMixIn, WSGIServer):
    """Answers several requests at a time: a browser asks for the next before the last is answered."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing: what matters is said in the form."""


def _serve(project: Path, port: int) -> int:
    application = admin_application(project, today=today, has_site=False)
    with socket() as knocking:
        if knocking.connect_ex(("127.0.0.1", port)) == 0:
            print(f"casebook admin: port {port} is in use; say: casebook admin --port {port + 1}", file=sys.stderr)
            return 1
    with make_server("127.0.0.1", port, application, server_class=_Server, handler_class=_Quiet) as server:
        print(f"The form is at http://127.0.0.1:{server.server_port}/{FOLDER} until you press Ctrl-C here.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
