"""A PostgreSQL server of its own, on a socket in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import glob
from pathlib import Path

import pytest

_BIN = next(iter(sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True)), "")


class Postgres:
    """A server that can be ended the hard way, and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cluster = folder, folder / "cluster"
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            self._as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            shutil.chown(folder, "postgres", "postgres")
        self._run("initdb", "-D", str(self.cluster), "-U", "reader", "-A", "trust", "--no-sync")

    @property
    def url(self) -> str:
        """With a password, which is not needed, and must not be said."""
        return f"postgresql://reader:hunter2@/postgres?host={self.folder}"

    @property
    def pid(self) -> int:
        """Of the server that takes connections."""
        return int((self.cluster / "postmaster.pid").read_text().split("\n")[0])

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c timezone=UTC"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.cluster), "-w", "-o", options, "-l", log, "start")

    def restart(self) -> None:
        """Start it once the processes of one that was killed are gone."""
        for _ in range(20):
            with suppress(subprocess.CalledProcessError):
                self.start()
                return
        self.start()

    def stop(self) -> None:
        """Stop it at once."""
        self._run("pg_ctl", "-D", str(self.cluster), "-m", "immediate", "stop")

    def execute(self, statements: str, database: str = "postgres") -> None:
        """Run some SQL."""
        self._run("psql", "-h", str(self.folder), "-U", "reader", "-c", statements, database)

    def _run(self, program: str, *words: str) -> None:
        command = [*self._as_user, f"{_BIN}/{program}", *words]
        subprocess.run(command, check=True, capture_output=True, cwd="/")


@contextmanager
def running() -> Iterator[Postgres]:
    """A server, for as long as it lasts; the test is skipped where there is none."""
    pytest.importorskip("sqlalchemy")
    pytest.importorskip("psycopg")
    if not _BIN:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="kpi-pg-"))  # its path is short enough for a socket
    try:
        server = Postgres(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
