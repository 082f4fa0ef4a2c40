"""A folder log that Syncthing shares, as `kpi help log` says: nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.installed import Kpi
from tests.store.test_sharing import NAMES, Machine, machine
from tests.syncthing import meet, syncthing

pytestmark = pytest.mark.installed


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def several(each: Machine) -> None:
    for _ in range(4):
        each.record()


def test_two_who_record_at_once_have_every_record(script: Kpi, tmp_path: Path) -> None:
    desk, laptop = machines = [machine(script, name, tmp_path / name, 0) for name in NAMES]
    for each in machines:
        each.log.mkdir()
    with syncthing(desk.log, laptop.log) as (one, two), ThreadPoolExecutor() as people:
        for _ in range(3):
            list(people.map(several, machines))
            meet(one, two)
            for each in machines:
                each.require_all(desk.notes | laptop.notes)
    assert files(desk.log) == files(laptop.log)
    assert len(files(desk.log)) == 2
    assert {".stfolder", ".stversions"} <= {folder.name for folder in laptop.log.iterdir()}
    assert desk("status", "--json").out == laptop("status", "--json").out


def test_what_two_machines_wrote_to_one_file_is_a_conflict_that_loses_nothing(
    script: Kpi, tmp_path: Path
) -> None:
    (tmp_path / "laptop-state").symlink_to(tmp_path / "desk-state")
    desk, laptop = machines = [machine(script, name, tmp_path / name, 0) for name in NAMES]
    desk.record()
    laptop.log.mkdir()
    with syncthing(desk.log, laptop.log) as (one, two):
        meet(one, two)
        two.ask("POST", "system/pause")
        for each in machines:
            each.record()
        two.ask("POST", "system/resume")
        meet(one, two)
    assert files(desk.log) == files(laptop.log)
    assert [".sync-conflict-" in name for name in sorted(files(desk.log))] == [False, True]
    for each in machines:
        run = each("verify")
        assert run.code == 1
        assert "that went its own way: two machines share" in run.out
        assert each.lacking(desk.notes | laptop.notes) == set()
    assert desk("status", "--json").out == laptop("status", "--json").out
