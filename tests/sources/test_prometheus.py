"""What a Prometheus server is asked, and what is made of its answer."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from kpicli.errors import KpiError
from kpicli.sources.prometheus import connect

VALUES = {"start": "2026-10-01", "end": "2026-11-01", "period": "2026-10"}


class _Prometheus(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        words = parse_qs(parts.query)
        self.server.asked = parts.path, words["time"][0], words["query"][0]  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(ANSWERS[words["query"][0]].encode())

    def log_message(self, *_: object) -> None:
        pass


def answer(kind: str, result: object) -> str:
    return json.dumps({"status": "success", "data": {"resultType": kind, "result": result}})


ANSWERS = {
    "up": answer("vector", [{"metric": {}, "value": [1, "99.95"]}]),
    "scalar(up)": answer("scalar", [1, "3"])[:-1]
    + ', "warnings": ["PromQL info: metric might not be a counter"]}',
    "none": answer("vector", []),
    "nan": answer("vector", [{"metric": {}, "value": [1, "NaN"]}]),
    "two": answer("vector", [{"metric": {}, "value": [1, text]} for text in "12"]),
    "html": "<html>",
    "part": '{"warnings": ["shard 2 is away"], "data": {"resultType": "scalar", "result": [1, 3]}}',
    "range": answer("matrix", [{"metric": {}, "values": [[1, "3"]]}]),
    "bad": '{"status": "error", "error": "parse error"}',
}


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Prometheus)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def ask(server: HTTPServer, query: str) -> tuple[tuple[str | None, ...], ...]:
    with connect(f"http://127.0.0.1:{server.server_port}/", {}, 10) as database:
        return database(query, VALUES).rows


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("up", (("99.95",),)),
        ("scalar(up)", (("3",),)),
        ("none", ()),
        ("nan", ((None,),)),
        ("two", (("1",), ("2",))),
    ],
)
def test_one_value_a_series(
    server: HTTPServer, query: str, rows: tuple[tuple[str | None, ...], ...]
) -> None:
    assert ask(server, query) == rows


@pytest.mark.parametrize("query", ["html", "bad", "range", "part"])
def test_what_is_no_answer_is_refused(server: HTTPServer, query: str) -> None:
    message = "warns: shard 2" if query == "part" else "answers what is no answer of Prometheus"
    with pytest.raises(KpiError, match=message):
        ask(server, query)


@pytest.mark.parametrize(("zone", "at"), [("UTC", 1793491200), ("America/New_York", 1793505600)])
def test_it_is_asked_at_the_end_of_the_period_where_the_reader_lives(
    server: HTTPServer, zone: str, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        ask(server, "up")
        assert server.asked == ("/api/v1/query", str(at), "up")  # type: ignore[attr-defined]
    finally:
        monkeypatch.undo()
        time.tzset()
