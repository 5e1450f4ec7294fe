"""The YAML language server, as an editor program talks to it: JSON-RPC over its standard input and output."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from queue import Queue
from threading import Thread

PROJECT = Path(__file__).parents[2]
SERVER = PROJECT / "build" / "node" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
TIMEOUT = 30
"""Seconds for an answer; it comes within one."""

CLIENT = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"configuration": True},
}


def node() -> str:
    """Node.js, which comes with the test extra, beside this Python."""
    found = shutil.which("node", path=str(Path(sys.executable).parent))
    assert found, "Node.js is missing: make test installs it"
    return found


class LanguageServer:
    """One server process. Positions are line and column from 1, as the checker gives them."""

    def __init__(self, root: Path, settings: dict) -> None:
        assert SERVER.is_file(), "the language server is missing: make build/node/stamp installs it"
        self.root = root
        self.settings = settings
        self._process = subprocess.Popen(
            [node(), str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._inbox: Queue[dict | None] = Queue()
        Thread(target=self._read, daemon=True).start()
        self._last_id = self._opened = 0
        self._diagnostics: dict[str, list[dict]] = {}
        self.request("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": CLIENT})
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": settings}})

    def close(self) -> None:
        self.request("shutdown", None)
        self._send({"method": "exit"})
        self._process.wait(TIMEOUT)
        self._process.stdin.close()
        self._process.stdout.close()

    def diagnostics(self, path: Path, text: str, *, beside: bool = True) -> list[tuple[int, int, str]]:
        """Line, column and message of each, after the file is opened with this text: `beside` it, or under its own name."""
        uri = self._open(path, text, beside=beside)
        while uri not in self._diagnostics:
            self._take()
        found = self._diagnostics[uri]
        self._close(uri)
        places = [(item["range"]["start"]["line"] + 1, item["range"]["start"]["character"] + 1) for item in found]
        return sorted((*place, item["message"]) for place, item in zip(places, found, strict=True))

    def completions(self, path: Path, text: str, place: tuple[int, int]) -> dict[str, dict]:
        """What is offered at a place, by label."""
        answer = self._ask("textDocument/completion", path, text, place)
        return {item["label"]: item for item in answer["items"]}

    def hover(self, path: Path, text: str, place: tuple[int, int]) -> str:
        """The Markdown that is shown at a place."""
        answer = self._ask("textDocument/hover", path, text, place)
        return answer["contents"]["value"] if answer else ""

    def request(self, method: str, params: object) -> object:
        """The answer to a request. What the server asks or tells meanwhile is dealt with."""
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == self._last_id and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _ask(self, method: str, path: Path, text: str, place: tuple[int, int]) -> object:
        uri = self._open(path, text)
        position = {"line": place[0] - 1, "character": place[1] - 1}
        answer = self.request(method, {"textDocument": {"uri": uri}, "position": position})
        self._close(uri)
        return answer

    def _open(self, path: Path, text: str, *, beside: bool = True) -> str:
        # A new name beside the file each time, so that no answer can be about what was open before.
        self._opened += 1
        uri = (path.with_name(f"{path.stem}-{self._opened}.yml") if beside else path).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def _close(self, uri: str) -> None:
        self._send({"method": "textDocument/didClose", "params": {"textDocument": {"uri": uri}}})

    def _take(self) -> dict:
        message = self._inbox.get(timeout=TIMEOUT)
        assert message is not None, "the language server ended"
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            wanted = [self.settings.get(item["section"], {}) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": wanted})
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _send(self, message: dict) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._inbox.put(json.loads(stream.read(length)))
        self._inbox.put(None)
