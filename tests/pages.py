"""Pages that show commands, README and the topics of `kpi help`: their examples are run.

All of a page run in order and in one folder. The part on one's own board is written as if it were
November 2026: there `2026-10` stands for the last closed month, whichever that is today.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent, indent

from kpicli.cli.help_topics import FOLDER
from kpicli.model.frequency import Frequency
from kpicli.model.period import period_of
from tests.installed import SECONDS, environment

ROOT = Path(__file__).parent.parent
AS_IF = "2026-10"
_FENCED = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
_INDENTED = re.compile(r"^(  \$ .*\n(?:  .*\n|\n(?=  ))*)", re.MULTILINE)
"""In a plain text, examples are indented and begin with a prompt."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file that shows commands and what they print."""

    file: Path

    def __str__(self) -> str:
        return self.file.stem

    @property
    def text(self) -> str:
        """All that stands there."""
        return self.file.read_text(encoding="utf-8")

    def blocks(self) -> Iterator[tuple[int, str]]:
        """Line number and text of each block of examples."""
        text = self.text
        for found in (_INDENTED if self._margin else _FENCED).finditer(text):
            yield text.count("\n", 0, found.start(1)) + 1, dedent(found[1])

    def commands(self) -> list[str]:
        """Every command that is shown."""
        return [command for _, block in self.blocks() for command, _ in _dialogues(block)]

    def rewritten(self, folder: Path) -> str:
        """The page with what its commands print today, run in a folder that has the examples."""
        last = str(period_of(datetime.now(UTC).date(), Frequency.MONTHLY).shift(-1))
        page = self.text
        for _, block in self.blocks():
            printed = _printed_now(block, folder, last)
            page = page.replace(indent(block, self._margin), indent(printed, self._margin))
        return page

    def doctests(self) -> str:
        """What is shown of Python, for doctest."""
        if self._margin:
            return self.text if ">>> " in self.text else ""
        return "\n".join(re.findall(r"^```python\n(.*?)^```", self.text, re.DOTALL | re.MULTILINE))

    @property
    def _margin(self) -> str:
        return "  " if self.file.suffix == ".txt" else ""


README = Page(ROOT / "README.md")
TOPICS = [Page(file) for file in sorted(Path(FOLDER).glob("*.txt"))]
PAGES = [README, *TOPICS]


def copy_examples(folder: Path) -> None:
    """What the pages show commands on."""
    shutil.copy(ROOT / "kpis.example.toml", folder)
    shutil.copytree(ROOT / "examples", folder / "examples")


def run(command: str, folder: Path) -> str:
    """What a shell prints for a command, both streams in order."""
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        cwd=folder,
        env=environment(folder),
        timeout=SECONDS,
    )
    return done.stdout.decode()


def _dialogues(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block, and what it prints; a line that ends in a backslash goes on."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command = re.match(r"(?:.*\\\n)*.*", part)
        assert command
        yield command[0], part[len(command[0]) + 1 :]


def _is_dated(block: str) -> bool:
    """Whether a block says itself on which day it is."""
    return "--as-of" in block or "examples/" in block


def _printed_now(block: str, folder: Path, last: str) -> str:
    """The block as it comes out today."""
    lines = ""
    for command, _ in _dialogues(block):
        asked = command if _is_dated(block) else command.replace(AS_IF, last)
        shown = run(asked, folder)
        lines += f"$ {command}\n{shown if _is_dated(block) else shown.replace(last, AS_IF)}"
    return lines
