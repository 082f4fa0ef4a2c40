"""A small board whose last closed month, whichever that is today, is known."""

from datetime import UTC, date, datetime
from pathlib import Path

from kpicli.model.frequency import Frequency
from kpicli.model.period import period_of

_TOML = """\
[kpis.orders]
name = "Orders"
owner = "Ann"
target = 600
[kpis.churn]
name = "Churn"
owner = "Ben"
target = "<3%"
"""
ON_TARGET = {"orders": "640", "churn": "2.1"}
OFF_TARGET = {"orders": "5", "churn": "9"}


def write_board(folder: Path, actuals: dict[str, str], day: date | None = None) -> Path:
    """The definitions, with those actuals in the log, recorded on a day or as the month ended."""
    last = period_of(datetime.now(UTC).date(), Frequency.MONTHLY).shift(-1)
    at = f"{day or last.end}T00:00:00Z"
    file = folder / "kpis.toml"
    file.write_text(_TOML)
    file.with_suffix(".jsonl").write_text(
        "".join(
            f'{{"kpi":"{id}","period":"{last}","value":{value},"at":"{at}"}}\n'
            for id, value in actuals.items()
        )
    )
    return file
