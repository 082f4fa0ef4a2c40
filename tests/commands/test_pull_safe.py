"""No command but pull opens a source, and no secret of one is ever said."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.installed import Kpi, environment

BOARD = """\
[sources.shop]
url = "sqlite:shop.db"
[sources.web]
url = "postgresql://reader:${PGPASSWORD}@127.0.0.1:9/shop"
timeout = 5
[sources.metrics]
prometheus = "http://127.0.0.1:PORT/?token=${TOKEN}"
headers = { Authorization = "Bearer ${TOKEN}" }
[sources.unset]
url = "postgresql://reader:${NOT_SET}@127.0.0.1:9/shop"
[sources.written]
url = "postgresql://reader:hunter2@127.0.0.1:9/shop"
[sources.nonsense]
url = "${TOKEN}"
[sources.gone]
url = "sqlite:${TOKEN}.db"

[kpis.orders]
source = "shop"
query = "select 1 where :start < :end"
[kpis.visits]
command = ["touch", "ran"]
target = "5"
[kpis.a]
source = "web"
query = "select 1 where :start < :end"
[kpis.b]
source = "metrics"
query = "up"
[kpis.c]
source = "unset"
query = "select 1"
[kpis.d]
source = "written"
query = "select 1"
[kpis.e]
source = "nonsense"
query = "select 1"
[kpis.f]
source = "gone"
query = "select 1"
"""
SECRETS = ("hunter2", "t0psecret")
ENV = {"PGPASSWORD": "hunter2", "TOKEN": "t0psecret", "KPI_BY": "cron"}

WATCH = """\
import sys
from kpicli.cli.app import main
opened = []
names = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.fork", "socket.connect",
         "socket.getaddrinfo", "sqlite3.connect", "os.system")
sys.addaudithook(lambda name, args: opened.append([name, str(args)]) if name in names else None)
for words in __import__("json").loads(sys.argv[1]):
    main(words)
print("OPENED", __import__("json").dumps(opened))
"""
COMMANDS = [
    ["record", "visits", "3", "--period", "2026-09", "--by", "ann"],
    ["status"],
    ["status", "--attention", "--json"],
    ["show", "orders"],
    ["history", "--all"],
    ["explain", "visits"],
    ["check"],
    ["report", "-o", "r.html"],
    ["verify"],
    ["drivers", "visits"],
    ["path"],
    ["schema"],
    ["rules"],
    ["catalog", "churn"],
    ["undo", "--yes", "--by", "ann"],
    ["retract", "visits", "--period", "2026-09", "--yes", "--by", "ann"],
    ["repair"],
    ["completion", "bash"],
]


class _Metrics(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(403, "no such token t0psecret")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Path]:
    """A board with a source of each kind, none of which answers but the first."""
    server = HTTPServer(("127.0.0.1", 0), _Metrics)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    text = BOARD.replace("PORT", str(server.server_port))
    (tmp_path / "kpis.toml").write_text(text)
    (tmp_path / "shop.db").touch()
    yield tmp_path
    server.shutdown()
    thread.join()
    server.server_close()


def test_no_command_but_pull_starts_a_program_or_opens_a_socket(board: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, json.dumps(COMMANDS)],
        cwd=board,
        env=environment(board, ENV),
        capture_output=True,
        text=True,
        check=True,
    )
    opened = json.loads(done.stdout.rpartition("OPENED ")[2])
    assert [event for event in opened if "git" not in event[1]] == []
    assert not (board / "ran").exists()
    for secret in SECRETS:
        assert secret not in done.stderr


def test_every_failure_is_said_without_a_secret(board: Path, kpi: Kpi) -> None:
    run = kpi("pull", "--trust", env=ENV)
    assert run.code == 1
    lines = run.err.splitlines()
    for start in (
        "a: 2026-",
        "b: 2026-",
        "c: 2026-",
        "d: 2026-",
        "e: 2026-",
        "f: 2026-",
    ):
        assert [line for line in lines if line.startswith(start)], (start, lines)
    assert "the variable NOT_SET is not set" in run.err
    files = [path for path in board.rglob("*") if path.is_file() and path.name != "kpis.toml"]
    for text in [run.out, run.err, *(path.read_text("utf-8", "replace") for path in files)]:
        for secret in SECRETS:
            assert secret not in text


@pytest.mark.usefixtures("board")
def test_a_dry_run_and_a_debug_trace_hold_no_secret_either(kpi: Kpi) -> None:
    for run in (
        kpi("pull", "--trust", "--dry-run", env=ENV),
        kpi("pull", "a", "d", "--trust", env={**ENV, "KPI_DEBUG": "1"}),
    ):
        for secret in SECRETS:
            assert secret not in run.out + run.err
