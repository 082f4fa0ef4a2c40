"""`kpi init`, as a person runs it."""

import shutil
import subprocess

import pytest

from tests.installed import Kpi

GIT = shutil.which("git") or "git"
NEXT = "next: put your own KPIs into {} (kpi edit), then kpi record and kpi status\n"


def test_a_board_is_started_and_passes_every_check(kpi: Kpi) -> None:
    done = kpi("init")
    assert (done.code, done.out) == (0, "")
    assert done.err == "wrote kpis.toml\n" + NEXT.format("kpis.toml")
    assert kpi("check").code == 0
    status = kpi("status")
    assert status.code == 0
    assert "Monthly Revenue" in status.out
    assert kpi("record", "monthly_revenue", "480k").code == 0


def test_a_second_board_is_refused_and_nothing_is_changed(kpi: Kpi) -> None:
    (kpi.folder / "kpis.toml").write_text("# mine")
    done = kpi("init")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "kpis.toml: already exists, and was not changed\n"
        "hint: edit it, add to it with kpi add, or start another one: kpi init -f other.toml\n"
    )
    assert (kpi.folder / "kpis.toml").read_text() == "# mine"


@pytest.mark.parametrize("env", [None, "$KPI_FILE"])
def test_another_name_can_be_given(kpi: Kpi, env: str | None) -> None:
    given = {"KPI_FILE": "team.toml"} if env else None
    done = kpi("init", *([] if env else ["-f", "team.toml"]), env=given)
    assert done.code == 0
    assert done.err == "wrote team.toml\n" + NEXT.format("team.toml")
    assert kpi("path", "-f", "team.toml").out.count("team.jsonl") == 1
    assert not (kpi.folder / "kpis.toml").exists()


def test_in_a_git_work_tree_the_log_is_told_how_to_merge(kpi: Kpi) -> None:
    subprocess.run([GIT, "init", "-q"], cwd=kpi.folder, check=True)
    done = kpi("init")
    assert done.err.startswith("wrote kpis.toml\nwrote .gitattributes\n")
    assert (kpi.folder / ".gitattributes").read_text() == "kpis.jsonl merge=union -text\n"


@pytest.mark.parametrize("board", [(), ("--from", "shop")], ids=["the starter", "a board"])
def test_a_log_in_a_folder_is_named_and_git_told_how_to_merge_it(
    kpi: Kpi, board: tuple[str, ...]
) -> None:
    subprocess.run([GIT, "init", "-q"], cwd=kpi.folder, check=True)
    assert kpi("init", "--log", "kpis.log/", *board).code == 0
    assert (kpi.folder / ".gitattributes").read_text() == "kpis.log/*.jsonl merge=union -text\n"
    assert kpi("path", "--json").out.count("kpis.log/") == 1
    asked = [GIT, "check-attr", "merge", "--", "kpis.log/ana-24d4-9b1e44d2.jsonl"]
    done = subprocess.run(asked, cwd=kpi.folder, check=True, capture_output=True, text=True)
    assert done.stdout.endswith("merge: union\n")


def test_a_folder_that_is_not_there_is_not_made(kpi: Kpi) -> None:
    done = kpi("init", "-f", "none/kpis.toml")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("none/kpis.toml: not written: No such file or directory\n")
    assert not (kpi.folder / "none").exists()


def test_a_name_is_shown_as_visible_text(kpi: Kpi) -> None:
    done = kpi("init", "-f", "\x1b[31m.toml")
    assert done.code == 0
    assert "\x1b" not in done.err
