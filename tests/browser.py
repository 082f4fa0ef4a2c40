"""A browser without a window: pages are opened, looked at and asked, through a pipe."""

import json
import os
import select
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from shutil import which
from time import monotonic
from types import TracebackType
from typing import Any, NamedTuple, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PROGRAM = os.environ.get("BROWSER_FOR_TESTS") or next(filter(None, map(which, NAMES)), None)
"""What is started, or nothing where there is none."""

SECONDS = 60
_FLAGS = (
    "--headless=new",
    "--no-sandbox",  # as root there is none
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
    "--no-first-run",
    "--remote-debugging-pipe",
)
_SILENT = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded")


class Opened(NamedTuple):
    """What happened while a page was opened: what was said of it, and what it asked for."""

    said: list[str]
    asked: list[str]


class Browser:
    """Chromium and one page of it (Chrome DevTools Protocol; messages end in a zero byte)."""

    def __init__(self, folder: Path) -> None:
        reads, self._out = os.pipe()
        self._in, writes = os.pipe()
        command = f'exec "$0" "$@" 3<&{reads} 4>&{writes} {reads}<&- {writes}>&-'
        flags = (*_FLAGS, f"--user-data-dir={folder}", "about:blank")
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", command, PROGRAM or "", *flags],
            pass_fds=(reads, writes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(reads)
        os.close(writes)
        self._count, self._rest, self._session = 0, b"", ""
        self._events: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        found = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=found, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session = ""
        with suppress(OSError, EOFError, TimeoutError):
            self.send("Browser.close")
        os.close(self._out)
        try:
            self._process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)

    def send(self, method: str, **given: Any) -> Mapping[str, Any]:
        """Ask for one thing, and wait for what comes back; events that come before are kept."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": given}
        if self._session:
            message["sessionId"] = self._session
        content = json.dumps(message).encode() + b"\0"
        while content:
            content = content[os.write(self._out, content) :]
        while (answer := self._next()).get("id") != self._count:
            self._events.append(answer)
        assert "error" not in answer, answer
        result: Mapping[str, Any] = answer["result"]
        return result

    def open(self, page: Path, width: int, scheme: str) -> Opened:
        """A page in a window so wide, in light or dark."""
        self._events.clear()
        window = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        self.send("Emulation.setDeviceMetricsOverride", **window)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.send("Emulation.setEmulatedMedia", features=features)
        self.send("Page.navigate", url=page.as_uri())
        while not any(one.get("method") == "Page.loadEventFired" for one in self._events):
            self._events.append(self._next())
        self.ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        said = [json.dumps(one["params"]) for one in self._events if one.get("method") in _SILENT]
        asked = [
            one["params"]["request"]["url"]
            for one in self._events
            if one.get("method") == "Network.requestWillBeSent"
        ]
        return Opened(said, asked)

    def ask(self, script: str) -> Any:
        """What a script says, once it is done."""
        given = {"awaitPromise": True, "returnByValue": True}
        answer = self.send("Runtime.evaluate", expression=script, **given)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def _next(self) -> dict[str, Any]:
        end = monotonic() + SECONDS
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0, end - monotonic()))
            if not ready:
                raise TimeoutError(f"the browser says nothing for {SECONDS} s")
            chunk = os.read(self._in, 1 << 20)
            if not chunk:
                raise EOFError("the browser has gone")
            self._rest += chunk
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found
