"""Syncthing as two people run it: two devices that share a folder, and know nobody else."""

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from http.client import HTTPConnection
from pathlib import Path
from socket import AF_UNIX, socket
from tempfile import TemporaryDirectory
from typing import Any

import pytest

_SECONDS, _POLLS = 60, 20
"""How long a device may live, and how often it is asked what has changed."""

_OPTIONS = {
    "listenAddress": "tcp://127.0.0.1:0",
    "globalAnnounceEnabled": "false",
    "localAnnounceEnabled": "false",
    "relaysEnabled": "false",
    "natEnabled": "false",
    "crashReportingEnabled": "false",
    "startBrowser": "false",
    "urAccepted": "-1",
    "stunKeepaliveStartS": "0",
    "autoUpgradeIntervalH": "0",
    "reconnectionIntervalS": "5",
}
_CHANGES = "LocalIndexUpdated,RemoteIndexUpdated,StateChanged,DeviceConnected,FolderSummary"


class Device:
    """One Syncthing with a home of its own, and the folder that it shares."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder
        command = ["syncthing", "generate", f"--home={home}"]
        subprocess.run(command, check=True, capture_output=True)
        config = ET.parse(home / "config.xml").getroot()  # noqa: S314 - it was made just now
        self.id = str(config.find("device[@id]").get("id"))  # type: ignore[union-attr]
        self._key = config.findtext("gui/apikey") or ""
        self._seen = 0

    def share(self, other: "Device", address: str) -> None:
        """Share the folder with another, whose address may be unknown."""
        file = self.home / "config.xml"
        tree = ET.parse(file)  # noqa: S314 - it was made just now
        config = tree.getroot()
        for folder in config.findall("folder"):
            config.remove(folder)
        options = {f"options/{name}": text for name, text in _OPTIONS.items()}
        for path, text in {"gui/address": str(self._socket), **options}.items():
            for place in config.findall(path):
                place.text = text
        device = ET.SubElement(config, "device", id=other.id)
        ET.SubElement(device, "address").text = address
        for place in config.findall("defaults/folder"):
            folder = deepcopy(place)
            folder.attrib.update(id="log", path=str(self.folder), fsWatcherDelayS="1")
            for pause in folder.findall("pullerPauseS"):
                pause.text = "1"  # else a file that grows meanwhile is tried again after a minute
            for versions in folder.findall("versioning"):
                versions.set("type", "trashcan")
            for each in (self, other):
                ET.SubElement(folder, "device", id=each.id)
            config.append(folder)
        tree.write(file)

    @contextmanager
    def running(self) -> Iterator[None]:
        """The device, from when it answers on."""
        command = ["timeout", str(_SECONDS), "syncthing", "serve", f"--home={self.home}"]
        flags = ("--no-browser", "--no-restart", "--no-upgrade")
        with subprocess.Popen(
            [*command, *flags], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ) as process:
            try:
                said: list[bytes] = []
                for line in process.stdout or ():
                    said.append(line)
                    if b"API listening" in line:
                        break
                else:
                    pytest.fail(b"".join(said).decode("utf-8", "replace"))
                yield
            finally:
                process.terminate()
                process.communicate()

    @property
    def address(self) -> str:
        """Where it listens."""
        (service,) = self.ask("GET", "system/status")["connectionServiceStatus"].values()
        return str(service["lanAddresses"][0])

    def scan(self) -> None:
        """Look at every file now, as it does by itself some seconds after each change."""
        self.ask("POST", "db/scan?folder=log")

    def is_done(self, other: "Device") -> bool:
        """Whether it wants nothing, and as far as it knows the other has all that it has."""
        here, there = self.state(other)
        counts = (here["needTotalItems"], here["errors"], there["needItems"], there["needDeletes"])
        return here["state"] == "idle" and there["completion"] == 100 and not any(counts)

    def state(self, other: "Device") -> tuple[dict[str, Any], dict[str, Any]]:
        """What it says of its folder, and of what the other lacks of it."""
        here = self.ask("GET", "db/status?folder=log")
        return here, self.ask("GET", f"db/completion?folder=log&device={other.id}")

    def wait(self) -> None:
        """Wait until something has changed, but not for ever."""
        path = f"events?since={self._seen}&timeout=1&events={_CHANGES}"
        for event in self.ask("GET", path):
            self._seen = event["id"]

    def ask(self, method: str, path: str) -> Any:
        """One call of its REST API."""
        connection = HTTPConnection("localhost", timeout=_SECONDS)
        with socket(AF_UNIX) as connection.sock:
            connection.sock.connect(str(self._socket))
            connection.request(method, f"/rest/{path}", headers={"X-API-Key": self._key})
            answer = connection.getresponse()
            content = answer.read()
        assert answer.status == 200, (path, content)
        return json.loads(content) if content.strip() else None

    @property
    def _socket(self) -> Path:
        return self.home / "api"


@contextmanager
def syncthing(here: Path, there: Path) -> Iterator[tuple[Device, Device]]:
    """Two folders that Syncthing shares; the test is skipped where there is none."""
    if not shutil.which("syncthing"):
        pytest.skip("Syncthing is not installed")
    with TemporaryDirectory(prefix="kpi-st-") as home, ExitStack() as devices:
        one, two = Device(Path(home, "one"), here), Device(Path(home, "two"), there)
        one.share(two, "dynamic")
        devices.enter_context(one.running())
        two.share(one, one.address)
        devices.enter_context(two.running())
        yield one, two


def meet(one: Device, two: Device) -> None:
    """Wait until both have all that either has."""
    for device in (one, two):
        device.scan()
    for _ in range(_POLLS):
        if one.is_done(two) and two.is_done(one):
            return
        for device in (one, two):
            device.wait()
    pytest.fail(f"never equal: {one.state(two)}; {two.state(one)}")
