"""What an address answers: certificates checked, bounded in time and size, no strange redirect."""

import ipaddress
import json
import re
import socket
import zlib
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException, IncompleteRead
from time import monotonic
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from kpicli.errors import KpiError
from kpicli.sources._deadline import timed_out, within
from kpicli.sources._input import SourceInput, unzipped
from kpicli.sources._json import one_page

MOST_BYTES = 64 * 2**20
_CHUNK = 2**16
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def get(url: str, headers: Mapping[str, str], seconds: float) -> bytes:
    """The body of an answer, unpacked; `http:` is taken from this machine only, past any proxy.

    Raises `KpiError` for any other status than 200, a bad certificate, more than 64 MB, a body that
    breaks off, or past the deadline.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and (parts.scheme != "http" or parts.hostname not in _LOOPBACK):
        raise KpiError("is not an https: address", hint="nothing else is safe on a network")
    request = Request(url, headers=dict(headers))  # noqa: S310 - the scheme is looked at above
    opened: list[Any] = []

    def work() -> bytes:
        proxies = [] if parts.scheme == "https" else [ProxyHandler({})]
        opener = build_opener(_SameKind(parts.hostname or ""), *proxies)
        try:
            with opener.open(request, timeout=seconds) as answer:
                opened.append(answer)
                return _body(answer, monotonic() + seconds, seconds)
        except HTTPError as error:
            with error:
                raise _refusal(error, _complaint(error)) from None

    try:
        body = within(seconds, work, lambda: [answer.close() for answer in opened])
        return unzipped(SourceInput("", "", body)).content
    except TimeoutError:
        raise timed_out(seconds) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise timed_out(seconds) from None
        if reason := getattr(error.reason, "verify_message", ""):
            hint = "check the address, or name its authority: SSL_CERT_FILE=ca.pem kpi pull"
            raise KpiError(f"its certificate is refused: {reason}", hint=hint) from None
        reason = getattr(error.reason, "strerror", None) or error.reason
        raise KpiError(f"can't be reached: {reason}", hint="check the address") from None
    except IncompleteRead:
        raise KpiError("breaks off before its end", hint="run it again") from None
    except (OSError, ValueError, HTTPException, zlib.error) as error:
        raise KpiError(f"can't be read: {str(error).strip()}", hint="check the address") from None


def _body(answer: Any, end: float, seconds: float) -> bytes:
    coding, length = answer.headers.get("Content-Encoding", "").lower(), answer.length
    is_whole = answer.status in {200, 203}  # the latter by way of a proxy
    if not is_whole or coding in {"br", "zstd", "compress", "x-compress"}:
        raise _refusal(answer, f", in {coding}" if is_whole else "")
    body = bytearray()
    while chunk := answer.read1(_CHUNK):
        body += chunk
        _require_bounded(body)
        if monotonic() > end:
            raise timed_out(seconds)
    if len(body) < (length or 0):
        raise IncompleteRead(bytes(body))
    _require_last_page(answer.headers)
    return _inflated(bytes(body)) if coding == "deflate" else bytes(body)


def _require_last_page(headers: Any) -> None:
    """Raise where the headers of an answer say that rows are left for another page."""
    if "rel=next" in f"{headers.get_all('Link')}".replace('"', ""):
        raise one_page("Link")
    pages = headers.get("X-Total-Pages", "")
    span = re.fullmatch(r"\S+ \d+-(\d+)/(\d+)", headers.get("Content-Range", ""))
    if headers.get("X-Next-Page") or (pages.isdecimal() and int(pages) > 1):
        raise one_page("X-Next-Page")
    if span and int(span[1]) + 1 < int(span[2]):
        raise one_page("Content-Range")


def _require_bounded(body: bytes | bytearray) -> None:
    if len(body) > MOST_BYTES:
        hint = "ask for the periods that are needed"
        raise KpiError(f"answers more than {MOST_BYTES // 2**20} MB", hint=hint)


def _inflated(body: bytes) -> bytes:
    """What was deflated, with the header of zlib or, as some servers do it, without."""
    has_header = int.from_bytes(body[:2]) % 31 == 0 and body[:1] and body[0] & 15 == zlib.DEFLATED
    unpacking = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    content = unpacking.decompress(body, MOST_BYTES + 1)
    _require_bounded(content)
    if not unpacking.eof:
        raise IncompleteRead(content)
    return content


def _complaint(answer: Any) -> str:
    """What a server says is wrong, where it says so in JSON."""
    with suppress(ValueError, LookupError, TypeError, AttributeError, HTTPException):
        fields = json.loads(answer.read(_CHUNK))
        return f": {' '.join((fields.get('error') or fields['message'])[:200].split())}"
    return ""


def _refusal(answer: Any, more: str = "") -> KpiError:
    """What an answer with another status, or in a strange coding, is told as."""
    code, wait = answer.status, answer.headers.get("Retry-After", "")
    hint = "check the key in its headers" if code in {401, 403} else "check the address"
    if code == 429 or code >= 500:
        hint = f"run it again in {wait} s" if wait.isdecimal() else "run it again later"
    reason = f"{code} {answer.reason}".partition("\n")[0].rstrip()
    return KpiError(f"answers {reason}{more}", hint=hint)


class _SameKind(HTTPRedirectHandler):
    """Follows a redirect to the same scheme, and to no private address but the first one."""

    def __init__(self, host: str) -> None:
        self.host = host

    def redirect_request(  # noqa: PLR0917 - the shape is urllib's
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        """The request to follow with; the headers of the first one go to its own host only."""
        parts = urlsplit(newurl)
        host = parts.hostname or ""
        if parts.scheme != urlsplit(req.full_url).scheme:
            fp.close()
            raise KpiError(f"redirects to {parts.scheme}:, which is not followed", hint=_WHERE)
        if host != self.host and _is_private(host):
            fp.close()
            raise KpiError("redirects to a private address, which is not followed", hint=_WHERE)
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request and host != self.host:
            request.headers.clear()
        return request


_WHERE = "name the last address in the definitions"


def _is_private(host: str) -> bool:
    """Whether any address of a host is not public, or it has none."""
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return True
    return any(
        not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global
        for *_, address in found
    )
