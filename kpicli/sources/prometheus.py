"""What a Prometheus server answers to a query at an instant."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from math import isnan
from urllib.parse import urlencode

from kpicli.errors import KpiError
from kpicli.sources._cell_text import Answer, Query, answer_of
from kpicli.sources.https import get
from kpicli.text import safe

_REMARK = "PromQL info"  # how servers before 3.0 begin, among warnings, what is none


@contextmanager
def connect(url: str, headers: Mapping[str, str], seconds: float) -> Iterator[Query]:
    """A server to ask: the one value of a query at the end of a period, local time.

    No series is no row. An answer raises `KpiError` for several, and for what `get` refuses.
    """

    def ask(query: str, values: Mapping[str, object]) -> Answer:
        time = datetime.fromisoformat(str(values["end"])).astimezone().timestamp()
        words = urlencode({"query": query, "time": f"{time:.0f}"})
        return _answer(get(f"{url.rstrip('/')}/api/v1/query?{words}", headers, seconds))

    yield ask


def _answer(body: bytes) -> Answer:
    try:
        fields = json.loads(body)
        for warning in map(str, fields.get("warnings") or ()):
            if not warning.startswith(_REMARK):
                hint = "a part of it may be missing"
                raise KpiError(f"warns: {safe(warning[:200])}", hint=hint)
        data = fields["data"]
        is_scalar = data["resultType"] == "scalar"
        samples = [data["result"]] if is_scalar else [series["value"] for series in data["result"]]
        return answer_of(["value"], [[_number(text)] for _, text in samples])
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        message = "answers what is no answer of Prometheus to a query of one number"
        hint = "check the address, and that the query has no [range] around all of it"
        raise KpiError(message, hint=hint) from None


def _number(text: str) -> float | None:
    number = float(text)
    return None if isnan(number) else number  # NaN says that there is nothing
