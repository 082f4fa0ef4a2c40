"""Logs that were appended to apart are joined by git, in any order, to the same answer."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from kpicli.evaluation.series import newest_lines
from kpicli.model.record import LogLine
from kpicli.services.load import damages_of
from tests.store.logs import line, read, warnings
from tests.tiers import sampled

FORKS = 60
KPIS = ("mrr", "churn")
PERIODS = ("2026-09", "2026-10")
MINUTES = {"ours": 0, "theirs": 61}
"""How far the clock of each side is ahead."""

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_EDITOR": "true",
}


class Repository:
    """A git work tree with a log in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "kpis.jsonl"
        self("init", "--quiet", "--template=", "--initial-branch=base")
        (folder / ".gitattributes").write_text("kpis.jsonl merge=union\n")

    def __call__(self, *words: str) -> str:
        """Run `git WORDS`."""
        done = subprocess.run(
            ["git", "-c", "gc.auto=0", "-c", "core.autocrlf=false", *words],  # noqa: S607
            cwd=self.folder,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    def commit(self) -> None:
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", "--message", "more")

    def at(self, branch: str, *, new: str) -> None:
        self("checkout", "--quiet", "-B", new, branch)


def written(random: Random, side: str, content: bytes) -> Iterator[bytes]:
    """The log after each of a few writes: records, corrections, retractions and what editors do."""
    for step in range(random.randint(1, 4)):
        kpi, period = random.choice(KPIS), random.choice(PERIODS)
        minute = 10 * step + MINUTES[side] + random.randint(0, 9)
        at = f"2026-11-02T{8 + minute // 60:02}:{minute % 60:02}:30.{random.randint(0, 9):06}Z"
        more = line(kpi, period, value=random.choice([None, 1, 2]), at=at, by=side)
        match random.choice(["record", "record", "record", "unsealed", "twice", "converted"]):
            case "unsealed":
                more = b'{"' + more[more.index(b'kpi"') :]
            case "twice":
                more += content.rpartition(b"\n")[0].rpartition(b"\n")[2] + b"\n"
            case "converted":
                content = content.replace(b"\r", b"").replace(b"\n", b"\r\n")
        content += more
        yield content


def fork(folder: Path, random: Random) -> Repository:
    """Two branches of one log, each with writes of its own."""
    git = Repository(folder)
    base = b"".join(
        line(value=number, at=f"2026-10-0{number + 1}T08:15:30.123456Z")
        for number in range(random.randint(0, 3))
    )
    if base or random.random() < 0.5:
        git.log.write_bytes(base)
    git.commit()
    for side in MINUTES:
        git.at("base", new=side)
        for content in written(random, side, base):
            git.log.write_bytes(content)
            git.commit()
    return git


def merge(git: Repository, ours: str, theirs: str) -> None:
    git.at(ours, new="joined")
    git("merge", "--quiet", "--no-edit", theirs)


def rebase(git: Repository, ours: str, theirs: str) -> None:
    git.at(theirs, new="joined")
    git("rebase", "--quiet", ours)


def cherry_pick(git: Repository, ours: str, theirs: str) -> None:
    git.at(ours, new="joined")
    git("cherry-pick", "--allow-empty", "--keep-redundant-commits", f"base..{theirs}")


def stash_pop(git: Repository, ours: str, theirs: str) -> None:
    git.at(theirs, new="joined")
    git("reset", "--quiet", "--soft", "base")
    git("stash", "push", "--quiet")
    git.at(ours, new="joined")
    git("stash", "pop", "--quiet")


JOINS: dict[str, Callable[[Repository, str, str], None]] = {
    "merge": merge,
    "rebase": rebase,
    "cherry-pick": cherry_pick,
    "stash pop": stash_pop,
}


def lines(git: Repository) -> list[LogLine]:
    found, reading = read(git.log)
    assert (damages_of(reading), warnings(reading)) == ([], [])
    return found


def said(found: list[LogLine]) -> dict[tuple[str, ...], tuple[str, str, str]]:
    """What counts for each pair."""
    return {pair: (one.at, one.id, one.value) for pair, one in newest_lines(found, {}).items()}


@sampled("seed", range(FORKS), range(len(JOINS)))
def test_both_ways_of_joining_a_fork_lose_nothing_and_say_the_same(
    tmp_path: Path, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - what failed comes again
    git = fork(tmp_path, random)
    join = [*JOINS.values()][seed % len(JOINS)]
    apart: list[LogLine] = []
    for side in MINUTES:
        git("checkout", "--quiet", side)
        apart += lines(git)
    winners = {
        (one.kpi, one.period): (one.at, one.id, one.value) for one in sorted(apart, key=_order)
    }
    for ours, theirs in (("ours", "theirs"), ("theirs", "ours")):
        join(git, ours, theirs)
        joined = lines(git)
        assert {one.id for one in joined} == {one.id for one in apart}
        assert said(joined) == winners
        git("reset", "--quiet", "--hard")


def _order(one: LogLine) -> tuple[str, str]:
    return one.at, one.id
