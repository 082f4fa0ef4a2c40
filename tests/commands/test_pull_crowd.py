"""kpi pull beside others and on bad days: nothing is lost, and nothing of a person replaced."""

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.test_pull import ENV, LAST, SECOND, THIRD, Pull, pull, shop
from tests.installed import Kpi, Run, Terminal

__all__ = ["pull", "shop"]
"""The fixtures of the board."""


@pytest.mark.installed
def test_two_pulls_at_once_record_each_value_once(pull: Pull, script: Kpi) -> None:
    def run(_: int) -> Run:
        return script("pull", "--trust", "--since", THIRD, env=ENV)

    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(run, range(4)))
    assert [done.code for done in runs] == [0] * 4
    assert pull.log.count("\n") == 6
    assert script("verify").code == 0


@pytest.mark.installed
def test_a_person_who_corrects_meanwhile_is_not_replaced(pull: Pull, script: Kpi) -> None:
    pull.add("restate = 12\n")
    pull("--since", THIRD)
    pull.execute("update orders set amount = amount * 2")

    def correct(_: int) -> Run:
        return script("record", "revenue", "77", "--period", LAST, "--yes", "--by", "ann")

    def again(_: int) -> Run:
        return script("pull", "--trust", "--since", THIRD, env=ENV)

    with ThreadPoolExecutor(4) as pool:
        person, *machines = pool.map(lambda job: job(0), [correct, again, again, again])
    assert person.code == 0
    assert {done.code for done in machines} == {0}
    again(0)
    status = script("status", "revenue", "--period", LAST, "--format", "csv")
    assert ",77," in status.out


def test_a_full_disk_ends_it_with_one_line(pull: Pull, kpi: Kpi) -> None:
    (pull.folder / "kpis.jsonl").symlink_to("/dev/full")
    run = kpi("pull", "--trust", "--since", THIRD, env=ENV)
    assert run.code == 2
    assert "Traceback" not in run.err


class TestWhoMayAgree:
    """A yes is believed only where nobody else can have written it."""

    @pytest.fixture
    def agreed(self, pull: Pull, terminal: Terminal) -> Path:
        """The one file in which a yes was kept."""
        screen = terminal("pull", "--since", SECOND, typed=[("[y/N]", "y\n")], env=ENV)
        assert screen.code == 0
        (file,) = (pull.folder / "state/kpi/trusted").iterdir()
        return file

    def asked(self, pull: Pull) -> bool:
        return pull("--since", THIRD, trust=False).code == 2

    def test_a_yes_is_kept_for_the_same_file(self, pull: Pull, agreed: Path) -> None:
        assert stat.S_IMODE(agreed.stat().st_mode) == 0o600
        assert not self.asked(pull)

    def test_not_for_a_copy_at_another_path(self, pull: Pull, agreed: Path, kpi: Kpi) -> None:
        assert agreed.exists()
        copy = pull.folder / "copy"
        copy.mkdir()
        for name in ("kpis.toml", "shop.db"):
            (copy / name).write_bytes((pull.folder / name).read_bytes())
        run = kpi("pull", "--since", THIRD, env=ENV, cwd=copy)
        assert run.code == 2

    def test_but_through_a_link_to_it(self, pull: Pull, agreed: Path, kpi: Kpi) -> None:
        assert agreed.exists()
        (pull.folder / "link.toml").symlink_to("kpis.toml")
        run = kpi("pull", "-f", "link.toml", "--since", THIRD, env=ENV)
        assert "nobody has agreed" not in run.err

    @pytest.mark.parametrize("path", [".", "..", "../.."])
    def test_not_where_others_may_write(self, pull: Pull, agreed: Path, path: str) -> None:
        if path == "../..":
            agreed.chmod(0o622)
        else:
            (agreed.parent / path).chmod(0o777)
        assert self.asked(pull)

    def test_not_through_a_link(self, pull: Pull, agreed: Path) -> None:
        agreed.rename(pull.folder / "yes")
        agreed.symlink_to(pull.folder / "yes")
        assert self.asked(pull)

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
    def test_not_of_another_user(self, pull: Pull, agreed: Path) -> None:
        os.chown(agreed, 12, 12)
        assert self.asked(pull)

    def test_a_no_runs_nothing(self, pull: Pull, terminal: Terminal) -> None:
        screen = terminal("pull", typed=[("[y/N]", "n\n")], env=ENV)
        assert screen.code == 2
        assert b"nothing was run" in screen.sent
        assert pull.log == ""


def test_the_example_pulls_out_of_the_box(tmp_path: Path, kpi: Kpi) -> None:
    example = Path(__file__).parents[2] / "examples" / "pull"
    for name in ("kpis.toml", "shop.db"):
        (tmp_path / name).write_bytes((example / name).read_bytes())
    run = kpi("pull", "--trust", "--since", THIRD, env=ENV)
    assert (run.code, run.err.splitlines()[-1]) == (0, "12 recorded")


def test_the_script_makes_the_database_of_the_example(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "pull"
    made = tmp_path / "shop.db"
    subprocess.run([sys.executable, example / "make_shop.py", made], check=True)

    def content(path: Path) -> list[str]:
        with closing(sqlite3.connect(path)) as connection:
            return list(connection.iterdump())

    assert content(made) == content(example / "shop.db")
