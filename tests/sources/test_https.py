"""What an address answers: bounded, checked, and never from somewhere else."""

import gzip
import shutil
import ssl
import subprocess
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kpicli.errors import KpiError
from kpicli.sources.https import get

COMPLAINT = b'{"error": "no\\n key"}'
ANSWERS: dict[str, tuple[int, bytes, *tuple[tuple[str, str], ...]]] = {
    "/packed.csv.gz": (200, gzip.compress(b"a,b"), ("Content-Encoding", "gzip")),
    "/named": (203, b"a,b", ("Content-Encoding", "utf-8")),
    "/short": (200, b"period,orders\n", ("Content-Length", "99")),
    "/chunks": (200, b"9\r\nperiod", ("Transfer-Encoding", "chunked")),
    "/page": (200, b"[]", ("Link", "<a>; rel=prev"), ("Link", '<b>; rel="next"')),
    "/next": (200, b"[]", ("X-Next-Page", "2")),
    "/pages": (200, b"[]", ("X-Total-Pages", "2")),
    "/range": (200, b"[]", ("Content-Range", "items 0-2/10")),
    "/last": (
        *(200, b"a,b", ("X-Next-Page", ""), ("X-Total-Pages", "1")),
        ("Content-Range", "items 0-2/3"),
    ),
    "/br": (200, b"", ("Content-Encoding", "br")),
    "/deflate": (200, zlib.compress(b"a,b"), ("Content-Encoding", "deflate")),
    "/deflate.raw": (200, zlib.compress(b"a,b")[2:-4], ("Content-Encoding", "deflate")),
    "/deflate.part": (200, zlib.compress(b"a,b")[:-4], ("Content-Encoding", "deflate")),
    "/deflate.not": (200, b"x\x9c\xff\xff", ("Content-Encoding", "deflate")),
    "/deflate.bomb": (200, zlib.compress(bytes(65 * 2**20)), ("Content-Encoding", "deflate")),
    **{f"/{code}": (code, COMPLAINT, ("Retry-After", "60")) for code in (206, 404, 429, 599)},
}


class _Shop(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        match self.path:
            case "/orders.csv":
                self._answer(200, b"period,orders\n2026-10,%s\n" % self.headers["X-Key"].encode())
            case "/endless":
                self.send_response(200)
                self.end_headers()
                while True:
                    self.wfile.write(b"0" * 2**20)
            case "/silent":
                self.server.silence.wait()  # type: ignore[attr-defined]
            case path if path in ANSWERS:
                self._answer(*ANSWERS[path])
            case "/garbage":
                self.wfile.write(b"garbage\r\n\r\n")
            case path:
                self.send_response(302)
                self.send_header("Location", path.removeprefix("/to/"))
                self.end_headers()

    def _answer(self, code: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(code)
        for name, text in headers:
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Shop)
    server.silence = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.silence.set()  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_body_with_the_headers_that_were_asked_for_past_any_proxy(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert get(f"{url}/orders.csv", {"X-Key": "412"}, 5) == b"period,orders\n2026-10,412\n"
    for path in ("packed.csv.gz", "named", "last", "deflate", "deflate.raw"):
        assert get(f"{url}/{path}", {}, 5) == b"a,b"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("404", "answers 404 Not Found: no key"),
        ("429", "run it again in 60 s"),
        ("599", "answers 599: no key"),
        ("206", "answers 206 Partial Content"),
        ("short", "breaks off before its end"),
        ("chunks", "breaks off before its end"),
        ("page", "is one page of several, by its 'Link'"),
        ("next", "is one page of several, by its 'X-Next-Page'"),
        ("pages", "is one page of several"),
        ("range", "is one page of several, by its 'Content-Range'"),
        ("br", "answers 200 OK, in br"),
        ("deflate.part", "breaks off before its end"),
        ("deflate.not", "can't be read: Error -3"),
        ("deflate.bomb", "answers more than 64 MB"),
        ("garbage", "can't be read: garbage"),
        ("a b", "can't be read: URL can't contain control characters"),
        ("endless", "answers more than 64 MB"),
        ("silent", "no answer within 1 s"),
        ("to/https://127.0.0.1/", "redirects to https:, which is not followed"),
        ("to/file:///etc/passwd", "answers 302 Found"),
        ("to/http://10.0.0.1/", "redirects to a private address"),
        ("to/http://localhost/", "redirects to a private address"),
    ],
)
def test_what_it_refuses(server: ThreadingHTTPServer, path: str, message: str) -> None:
    with pytest.raises(KpiError) as refusal:
        get(f"http://127.0.0.1:{server.server_port}/{path}", {}, 1 if path == "silent" else 20)
    assert message in f"{refusal.value.message} {refusal.value.hint}"


@pytest.mark.parametrize("url", ["http://example.com/", "ftp://127.0.0.1/", "file:///etc/passwd"])
def test_another_scheme_is_refused_before_anything_is_opened(url: str) -> None:
    with pytest.raises(KpiError, match="is not an https: address"):
        get(url, {}, 1)


def test_nobody_there_is_one_line() -> None:
    with pytest.raises(KpiError, match="can't be reached: Connection refused"):
        get("http://127.0.0.1:9/", {}, 1)


@pytest.mark.skipif(not shutil.which("openssl"), reason="a certificate needs openssl")
def test_a_certificate_is_checked(
    server: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        " -subj /CN=localhost -addext subjectAltName=DNS:localhost"
        f" -keyout {key} -out {certificate}"
    )
    subprocess.run(make.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    url = f"https://localhost:{server.server_port}/orders.csv"
    with pytest.raises(KpiError, match="its certificate is refused: self-signed"):
        get(url, {"X-Key": "1"}, 5)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert get(url, {"X-Key": "1"}, 5) == b"period,orders\n2026-10,1\n"
