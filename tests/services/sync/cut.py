"""A line to a PostgreSQL server that breaks once so many bytes have gone through it."""

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

_SOCKET = ".s.PGSQL.5432"


class Line:
    """Passes bytes on until `most` of them have gone one way; `passed` are those that went."""

    def __init__(self, server: Path, folder: Path, most: int, *, is_answer: bool) -> None:
        self.most, self.is_answer, self.passed = most, is_answer, 0
        self._server = str(server / _SOCKET)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / _SOCKET))
        self._listener.listen()
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                pairs = ((client, server, not self.is_answer), (server, client, self.is_answer))
                for pair in pairs:
                    Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_counted: bool) -> None:  # noqa: FBT001 - a thread's argument
        with suppress(OSError):
            while chunk := source.recv(1 << 16):
                rest = self.most - self.passed if is_counted else len(chunk)
                target.sendall(chunk[: max(rest, 0)])
                self.passed += len(chunk) if is_counted else 0
                if rest < len(chunk):
                    break
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        source.close()


@contextmanager
def cut_off(server: Path, most: int, *, is_answer: bool = False) -> Iterator[tuple[Line, Path]]:
    """Such a line to the server of a folder, and the folder where its own socket is.

    The bytes that are counted are those of the client, or of what is answered.
    """
    folder = Path(tempfile.mkdtemp(prefix="kpi-cut-"))
    line = Line(server, folder, most, is_answer=is_answer)
    try:
        yield line, folder
    finally:
        line.close()
        shutil.rmtree(folder)
