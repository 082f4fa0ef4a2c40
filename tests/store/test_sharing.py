"""One person on two machines, and a folder log that files are copied between: nothing is lost."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.installed import Kpi, Run
from tests.store.test_merging import Repository
from tests.tiers import sampled

BOARD = 'log = "kpis.log/"\n[kpis.mrr]\n[kpis.churn]\n'
PERIODS = [f"2026-{month:02}" for month in range(1, 11)]
HISTORIES = 60
NAMES = ("desk", "laptop")


class Machine:
    """A home, a state folder and a board of one person; what was acknowledged there is counted."""

    def __init__(self, kpi: Kpi, name: str, board: Path, random: Random) -> None:
        self.kpi, self.name, self.board, self.random = kpi, name, board, random
        self.log = board / "kpis.log"
        self.notes: set[str] = set()

    def record(self) -> None:
        note = f"{self.name} {len(self.notes)}"
        word = f"{self.random.choice(['mrr', 'churn'])}={self.random.randint(1, 9999)}"
        period = self.random.choice(PERIODS)
        run = self("record", word, "--period", period, "--note", note, "--by", "ana", "--yes")
        assert run.code == 0, run.err
        if "is already recorded" not in run.err:
            self.notes.add(note)

    def __call__(self, *words: str) -> Run:
        places = {"XDG_STATE_HOME": f"{self.kpi.folder}/{self.name}-state"}
        return self.kpi(*words, env=places, cwd=self.board)

    def require_all(self, notes: set[str]) -> None:
        """All of these are there, and the log has no fault."""
        assert self("verify").code == 0
        assert self.lacking(notes) == set()

    def lacking(self, notes: set[str]) -> set[str]:
        """Those of the notes that no file here holds."""
        content = "".join(file.read_text() for file in self.log.glob("*.jsonl"))
        return {note for note in notes if f'"note":"{note}"' not in content}


def newer_files(source: Path, target: Path) -> None:
    """Copy as `rsync -rtu` does: a whole file in place of one that is older or not there."""
    for file in source.iterdir():
        copy = target / file.name
        if not copy.exists() or copy.stat().st_mtime_ns < file.stat().st_mtime_ns:
            target.mkdir(exist_ok=True)
            shutil.copy2(file, target / "copy.tmp")
            (target / "copy.tmp").rename(copy)


def rsync(source: Path, target: Path) -> None:
    """As the README says."""
    words = ["rsync", "-rt", "--append-verify", f"{source}/", f"{target}/"]
    subprocess.run(words, check=True, capture_output=True)


def rclone(source: Path, target: Path) -> None:
    """As `kpi help log` says, through a bucket that both copy to and from."""
    bucket = f":local:{source.parent.parent / 'bucket'}/"
    words = ["rclone", "--config", os.devnull, "copy", "--update", "--include", "*.jsonl"]
    for pair in ([f"{source}/", bucket], [bucket, f"{target}/"]):
        subprocess.run([*words, *pair], check=True, capture_output=True)


def machine(kpi: Kpi, name: str, board: Path, seed: int) -> Machine:
    board.mkdir(exist_ok=True)
    (board / "kpis.toml").write_text(BOARD)
    return Machine(kpi, name, board, Random(f"{name} {seed}"))  # noqa: S311 - what failed comes again


ROUNDS = {"200": 200, "12": 12}


@sampled("rounds", ROUNDS, ["12"])
@pytest.mark.parametrize(
    "copy", [newer_files, rsync, pytest.param(rclone, marks=pytest.mark.installed)]
)
def test_files_copied_both_ways_hold_every_record(
    kpi: Kpi, tmp_path: Path, copy: Callable[[Path, Path], None], rounds: int
) -> None:
    if copy is not newer_files and not shutil.which(copy.__name__):
        pytest.skip(f"{copy.__name__} is not installed")
    desk, laptop = (machine(kpi, name, tmp_path / name, rounds) for name in NAMES)
    random = Random(rounds)  # noqa: S311 - what failed comes again
    for _ in range(rounds):
        here, there = random.sample((desk, laptop), 2)
        here.record()
        if random.random() < 0.5:
            copy(here.log, there.log)
    for here, there in ((desk, laptop), (laptop, desk)):
        here.record()
        copy(here.log, there.log)
    for here in (desk, laptop):
        here.require_all(desk.notes | laptop.notes)
    assert desk("status", "--json").out == laptop("status", "--json").out


@sampled("seed", range(HISTORIES), range(2))
def test_git_merges_a_folder_without_being_told_how(kpi: Kpi, tmp_path: Path, seed: int) -> None:
    board = tmp_path / "board"
    machines = {name: machine(kpi, name, board, seed) for name in NAMES}
    random = Random(seed)  # noqa: S311 - what failed comes again
    git = Repository(board)
    (board / ".gitattributes").unlink()
    git.commit()
    for name in NAMES:
        git.at("base", new=name)
    for _ in range(random.randint(3, 8)):
        name = random.choice(NAMES)
        git("checkout", "--quiet", name)
        for _ in range(random.randint(1, 3)):
            machines[name].record()
        git.commit()
        if random.random() < 0.5:
            git("merge", "--quiet", "--no-edit", random.choice(NAMES))
    for name in NAMES:
        git("checkout", "--quiet", name)
        git("merge", "--quiet", "--no-edit", *NAMES)
        machines[name].require_all(set().union(*(each.notes for each in machines.values())))
