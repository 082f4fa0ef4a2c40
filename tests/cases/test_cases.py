"""Situations of real users: a folder each with its files, what was typed, and what is right.

`expected.txt` says what is right and why; `transcript.txt` is what kpi answers, both streams in
order, rewritten by `REWRITE=1` and then read against `expected.txt`.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installed import SECONDS, environment

FOLDER = Path(__file__).parent
CASES = sorted(path.parent.name for path in FOLDER.glob("*/cmd.sh"))


@pytest.mark.installed
@pytest.mark.parametrize("case", CASES)
def test_it_ends_as_it_should(case: str, tmp_path: Path) -> None:
    board = tmp_path / "board"
    shutil.copytree(FOLDER / case, board)
    done = subprocess.run(
        ["/bin/bash", "cmd.sh"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        cwd=board,
        env=environment(tmp_path),
        timeout=3 * SECONDS,
    )
    transcript = FOLDER / case / "transcript.txt"
    if os.environ.get("REWRITE"):
        transcript.write_bytes(done.stdout)
    assert done.stdout.decode() == transcript.read_text("utf-8")
