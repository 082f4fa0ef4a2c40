"""Record what was measured."""

import sys
from collections.abc import Sequence
from typing import Annotated

from kpicli.cli.options import FileOptions, argument, command, flag
from kpicli.cli.write_options import By, Fractions, Note, Replace, WriteOptions
from kpicli.errors import KpiError
from kpicli.text import safe

EXAMPLES = """\
kpi record monthly_revenue 480,000
kpi record monthly_revenue=480k conversion_rate=3.2% --period 2026-10
kpi record profit -5.2 --note 'one-off repair' --yes
kpi record churn 0.021 --fractions    # 2.1%
wc -l < queue.txt | kpi record backlog -
kpi record orders n/a --period 2026-07 --note 'closed in July'
kpi record
"""

_PIPED = "-"
_MOST = 1_000  # bytes of a value with all that may stand around it
_HINT = "pipe in one value; kpi import - reads a table"


@command
def run(
    words: Annotated[
        list[str] | None,
        argument(
            "[KPI VALUE | KPI=VALUE...]",
            "What was measured, - for a value from a pipe; with no words a terminal is asked.",
        ),
    ] = None,
    *,
    period: Annotated[
        str | None, flag("PERIOD", "2026-10, 2026-W44, today, current …; else the last closed.")
    ] = None,
    note: Note = "",
    by: By = None,
    replace: Replace = False,
    fractions: Fractions = False,
    writing: WriteOptions,
    files: FileOptions,
) -> int:
    """Record what was measured: all of it, or nothing.

    Without --period it is for the last closed period of each KPI's own length. The value n/a says
    that there is nothing to measure in it.
    """
    from kpicli.cli.record_actuals import RecordOptions, record_actuals
    from kpicli.services.record import checked_note, writer

    options = RecordOptions(period, checked_note(note), writer(by), fractions, replace, writing)
    return record_actuals(files, _with_piped_value(words or ()), options)


def _with_piped_value(words: Sequence[str]) -> list[str]:
    """The words with what is piped in for a `-` in a value's place; raises `KpiError` for no value.

    That is the last of several words, or what stands behind a `=`.
    """
    places = [place for place, word in enumerate(words) if word.endswith(f"={_PIPED}")]
    if words[1:] and words[-1] == _PIPED:
        places.append(len(words) - 1)
    if not places:
        return list(words)
    if len(places) > 1:
        raise KpiError("one value comes through a pipe, and two are asked for", hint=_HINT)
    [place] = places
    word = words[place].removesuffix(_PIPED)
    return [*words[:place], f"{word}{_value()}", *words[place + 1 :]]


def _value() -> str:
    """The one line that is piped in, without the space around it."""
    if sys.stdin is None or sys.stdin.isatty():
        raise KpiError("nothing is piped in", hint=_HINT)
    try:
        lines = sys.stdin.buffer.read(_MOST + 1).decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise KpiError("what is piped in is not valid UTF-8", hint=_HINT) from None
    values = [line.strip() for line in lines if line.strip()]
    if not values:
        raise KpiError("nothing came through the pipe", hint=_HINT)
    if len(values) > 1 or len(values[0]) > _MOST:
        raise KpiError(f"more than one value is piped in: '{safe(values[0])}' …", hint=_HINT)
    return values[0]
