"""No command but pull opens a source, and no secret of one is ever said."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from kpicli import plugins
from tests.installed import Kpi, Terminal, environment

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
[sources.secret_file]
file = "exports/${TOKEN}*.csv"
[sources.exports]
file = "exports/*.csv"
[sources.page]
url = "http://127.0.0.1:PORT/page?token=${TOKEN}"
[sources.line]
url = "http://127.0.0.1:PORT/page"
headers = { Authorization = "Bearer ${LINE}" }
[sources.nowhere]
url = "https://ann:${PGPASSWORD}@127.0.0.1:9/"
[sources.script]
command = ["sh", "-c", "echo period,j; echo $TOKEN"]

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
[kpis.g]
source = "page"
[kpis.h]
source = "line"
[kpis.i]
command = ["sh", "-c", "echo login as $TOKEN failed >&2; exit 1"]
[kpis.j]
source = "script"
[kpis.k]
command = ["sh", "-c", "echo $TOKEN"]
[kpis.l]
source = "nowhere"
[kpis.m]
source = "exports"
[kpis.n]
source = "secret_file"
[kpis.o]
source = "web"
query = "select '${PGPASSWORD}' where :start < :end"
[kpis.p]
command = ["no-such-program"]
"""
FAILING = "abcdefghijklmnop"
SECRETS = ("hunter2", "t0psecret")
ENV = {"PGPASSWORD": "hunter2", "TOKEN": "t0psecret", "LINE": "t0psecret\n", "KPI_BY": "cron"}

WATCH = """\
import sys
from kpicli.cli.app import main
opened = []
names = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn",
         "socket.__new__", "socket.connect", "socket.getaddrinfo", "sqlite3.connect", "os.system")
def hook(name, args):
    is_source = name == "open" and any(part in str(args[0]) for part in ("shop.db", "exports"))
    if name in names or is_source:
        opened.append([name, str(args[0]), str(args)])
sys.addaudithook(hook)
for words in __import__("json").loads(sys.argv[1]):
    main(words)
print("OPENED", __import__("json").dumps(opened))
"""
COMMANDS = [
    ["record", "visits", "3", "--period", "2026-09", "--by", "ann"],
    ["status"],
    ["status", "--attention", "--json"],
    ["due"],
    ["note", "visits", "a holiday", "--by", "ann"],
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
    ["help", "status"],
    ["edit"],
    ["add", "churn"],
    ["init", "-f", "new.toml", "--yes"],
    ["import", "table.csv", "--dry-run"],
    *(["import", "--source", name] for name in ("shop", "web", "metrics", "page", "script")),
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
    (tmp_path / "table.csv").write_text("kpi,period,value\nvisits,2026-08,5\n")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "a.csv").write_text("period;m\nhunter2;t0psecret\n")
    yield tmp_path
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_walk_below_leaves_no_command_out() -> None:
    assert {words[0] for words in COMMANDS} == {*plugins.names("commands")} - {"pull", "sync"}


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
    assert [event for event in opened if not event[1].endswith("git")] == []
    assert not (board / "ran").exists()
    for secret in SECRETS:
        assert secret not in done.stderr


def test_every_failure_is_said_without_a_secret(board: Path, kpi: Kpi) -> None:
    run = kpi("pull", "--trust", env=ENV)
    assert run.code == 1
    lines = run.err.splitlines()
    failed = {line.partition(":")[0] for line in lines}
    assert failed.issuperset(FAILING), lines
    assert "the variable NOT_SET is not set" in run.err
    files = [
        path
        for path in board.rglob("*")
        if path.is_file() and path.name not in {"kpis.toml", "a.csv"}
    ]
    for text in [run.out, run.err, *(path.read_text("utf-8", "replace") for path in files)]:
        for secret in SECRETS:
            assert secret not in text


@pytest.mark.usefixtures("board")
def test_a_dry_run_and_a_debug_trace_hold_no_secret_either(kpi: Kpi) -> None:
    for run in (
        kpi("pull", "--trust", "--dry-run", env=ENV),
        kpi("pull", *FAILING, "--trust", env={**ENV, "KPI_DEBUG": "1"}),
    ):
        for secret in SECRETS:
            assert secret not in run.out + run.err


def test_a_yes_keeps_no_secret(board: Path, terminal: Terminal) -> None:
    screen = terminal("pull", "orders", typed=[("[y/N]", "y\n")], env=ENV)
    assert screen.code == 0
    kept = [path for path in (board / "state").rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert kept[0].read_bytes() == b""
    assert b"postgresql://reader:${PGPASSWORD}@127.0.0.1" in screen.sent
    for secret in SECRETS:
        assert secret.encode() not in screen.sent
