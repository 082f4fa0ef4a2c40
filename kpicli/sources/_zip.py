"""The parts of a zip archive, unpacked within bounds whatever the archive says of their size."""

import zipfile
import zlib
from io import BytesIO

from kpicli.errors import NotationError

MOST_BYTES = 512 * 2**20  # of all parts together
MOST_PARTS = 10_000

_STORED, _DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
_LOCAL_HEADER = 30
_BOMB = "unpacks to more than kpi reads"
_HINT = "save the sheet as CSV UTF-8"


class Archive:
    """The parts by name; raises `NotationError` for what is no archive, or is too large."""

    def __init__(self, content: bytes) -> None:
        self.content, self.left = content, MOST_BYTES
        self._latest = "", b""
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                self.parts = {info.filename: info for info in archive.infolist()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise NotationError("is not a readable workbook", hint=_HINT) from None
        if len(self.parts) > MOST_PARTS:
            raise NotationError(f"{_BOMB}: {len(self.parts):,} parts", hint=_HINT)

    def bound(self) -> None:
        """Unpack every part once, so that nobody else is led to unpack more than the bound."""
        for name in self.parts:
            self.left -= self._size(name)
            if self.left < 0:
                raise NotationError(f"{_BOMB}: {MOST_BYTES // 2**20} MB", hint=_HINT)

    def read(self, name: str) -> bytes:
        """A part; nothing where there is none."""
        if name not in self.parts:
            return b""
        if self._latest[0] != name:
            packed = self._packed(name)
            is_stored = self.parts[name].compress_type == _STORED
            inflate = zlib.decompressobj(-15)
            self._latest = name, packed if is_stored else inflate.decompress(packed, MOST_BYTES)
        return self._latest[1]

    def _size(self, name: str) -> int:
        packed = self._packed(name)
        if self.parts[name].compress_type == _STORED:
            return len(packed)
        size, inflate = 0, zlib.decompressobj(-15)
        try:
            while packed and size <= self.left:
                size += len(inflate.decompress(packed, 2**20))
                packed = inflate.unconsumed_tail
        except zlib.error:
            raise NotationError("is damaged", hint="fetch or save it again") from None
        return size

    def _packed(self, name: str) -> bytes:
        """The bytes behind the part's own header, to their end by the archive's directory."""
        info = self.parts[name]
        if info.compress_type not in {_STORED, _DEFLATED}:
            raise NotationError("is packed in a way that kpi does not read", hint=_HINT)
        head = self.content[info.header_offset : info.header_offset + _LOCAL_HEADER]
        start = info.header_offset + _LOCAL_HEADER
        start += int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        return self.content[start : start + info.compress_size]
