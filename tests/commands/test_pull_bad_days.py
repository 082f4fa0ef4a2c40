"""kpi pull on bad days: a server killed, a full disk, Ctrl-C; what came stays, and it heals."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.test_pull import ENV, LAST, SECOND, THIRD
from tests.installed import Kpi, environment
from tests.postgres import running

KPI = Path(sys.executable).parent / "kpi"
pytestmark = pytest.mark.installed

SERVER = """\
[defaults]
source = "shop"
[sources.shop]
url = "URL"
[kpis.orders]
query = "select to_char(paid_at, 'YYYY-MM'), count(*) from orders group by 1"
[kpis.slow]
query = "select pg_sleep(30), 1 where :start < :end and not exists (select from healed)"
[kpis.killer]
command = ["sh", "-c", '''
active="select query from pg_stat_activity where state = 'active'"
test -e killed || {
until psql -h FOLDER -U reader -Atc "$active" postgres | grep -q pg_sleep; do :; done
kill -9 PID; touch killed; }
echo 5 # {period}''']
[kpis.later]
query = "select count(*) from orders where paid_at >= :start and paid_at < :end"
"""
SHOP = """\
create table orders (paid_at timestamptz); create table healed ();
insert into orders values ('{}-05'), ('{}-05'), ('{}-05'), ('{}-05')
"""


def test_a_server_killed_in_the_middle_leaves_what_came_and_heals(
    tmp_path: Path, script: Kpi
) -> None:
    with running() as server:
        server.execute(SHOP.format(THIRD, SECOND, SECOND, LAST))
        text = SERVER.replace("URL", server.url).replace("FOLDER", str(server.folder))
        (tmp_path / "kpis.toml").write_text(text.replace("PID", str(server.pid)))
        run = script("pull", "--trust", "--since", THIRD, "--jobs", "2", env=ENV)
        *failures, summary = run.err.splitlines()
        log = (tmp_path / "kpis.jsonl").read_text()
        assert (run.code, summary) == (1, "6 recorded; 2 of 4 KPIs failed")
        assert log.count('"kpi":"orders"') == log.count('"kpi":"killer"') == 3
        assert sorted(line.partition(":")[0] for line in failures) == ["later", "slow"]
        assert "hunter2" not in run.err
        server.restart()
        server.execute("insert into healed default values")
        again = script("pull", "--trust", "--since", THIRD, env=ENV)
        assert (again.code, again.err.splitlines()[-1]) == (0, "3 recorded, 6 unchanged")


FULL = """\
[kpis.small]
command = ["echo", "2019-12 1"]
[kpis.big]
command = ["sh", "-c", '''
until grep -q small kpis.jsonl; do :; done
for year in $(seq 1960 2019); do for month in 01 02 03 04 05 06 07 08 09 10 11 12
do echo $year-$month 5; done; done''']
"""


def test_a_disk_that_is_full_in_the_middle_fails_one_kpi_and_heals(
    tmp_path: Path, script: Kpi
) -> None:
    (tmp_path / "kpis.toml").write_text(FULL)
    words = ["pull", "--trust", "--since", "1960-01"]
    limited = ["bash", "-c", 'ulimit -f 8; exec "$@"', "bash", str(KPI)]
    done = subprocess.run(
        [*limited, *words],
        cwd=tmp_path,
        env=environment(tmp_path, ENV),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    lines = done.stderr.splitlines()
    refused = [line for line in lines if line.startswith("big: kpis.jsonl: nothing recorded: ")]
    assert len(refused) == 1
    assert "File too large" in refused[0]
    assert lines[-1] == "1 recorded; 1 of 2 KPIs failed"
    assert (tmp_path / "kpis.jsonl").read_text().count("\n") == 1
    assert script("verify").code == 0
    again = script(*words, env=ENV)
    assert (again.code, again.err.splitlines()[-1]) == (0, "720 recorded, 1 unchanged")


HANGING = """\
[kpis.visits]
command = ["echo", "12"]
[kpis.hanging]
command = ["sh", "-c", "echo started > fifo; sleep 600 & wait"]
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_that_was_started(tmp_path: Path, number: int) -> None:
    (tmp_path / "kpis.toml").write_text(HANGING)
    os.mkfifo(tmp_path / "fifo")
    process = subprocess.Popen(
        [KPI, "pull", "--trust"],
        cwd=tmp_path,
        env=environment(tmp_path, ENV),
        stderr=subprocess.PIPE,
    )
    assert (tmp_path / "fifo").read_text() == "started\n"
    process.send_signal(number)
    _, said = process.communicate(timeout=10)
    assert process.returncode == 128 + number
    assert said.startswith(b"stopped: " if number == signal.SIGINT else b"")
    assert said.count(b"\n") <= 1
    assert b"sleep 600" not in commands_in(tmp_path)


def commands_in(folder: Path) -> bytes:
    """The command lines of all processes that run in a folder."""
    lines: list[bytes] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == str(folder):
                lines.append((process / "cmdline").read_bytes().replace(b"\0", b" "))
        except OSError:
            continue
    return b"\n".join(lines)
