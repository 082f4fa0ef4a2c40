"""Laws of the import: what is written out comes back the same, however it is laid out."""

import csv
from decimal import Decimal
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.number import show_number
from kpicli.model.source import SourceRow
from tests.sources.reading import found
from tests.tiers import examples

MONTHS = [f"2026-{month:02}" for month in range(1, 11)]
NAMES = {"revenue": "Monthly Revenue", "churn": "Churn Rate", "orders": "Orders", "nps": "NPS"}
NUMBERS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False)
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(sorted(NAMES)), st.sampled_from(MONTHS)),
    NUMBERS,
    min_size=2,
    max_size=30,
).filter(lambda table: len({period for _, period in table}) > 1)
Actuals = dict[tuple[str, str], Decimal]


def read(rows: list[list[str]], delimiter: str, encoding: str) -> Actuals:
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    read_rows = found("csv", text.getvalue().encode(encoding))
    actuals: Actuals = {}
    for row in read_rows:
        assert isinstance(row, SourceRow), row
        kpi = next(id for id, name in NAMES.items() if row.kpi in {id, name})
        plain = (row.value or "").replace(" ", "")
        mark = row.mark or "."
        plain = plain.replace("," if mark == "." else ".", "").replace(mark, ".")
        actuals[kpi, row.period] = Decimal(plain)
    return actuals


@examples(100)
@given(
    TABLES,
    st.tuples(
        st.sampled_from([",", ";", "\t", "|"]),
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    ),
    st.sampled_from([".", ","]),
    st.sampled_from(["long", "wide", "across"]),
    st.sampled_from([[], [["Tall for Nordlys på nett"], [""]]]),
)
def test_a_table_comes_back_the_same(
    table: Actuals, file: tuple[str, str], mark: str, layout: str, above: list[list[str]]
) -> None:
    def cell(kpi: str, period: str) -> str:
        number = table.get((kpi, period))
        return "" if number is None else show_number(number, mark)  # type: ignore[arg-type]

    kpis = sorted({kpi for kpi, _ in table})
    periods = sorted({period for _, period in table})
    if layout == "long":
        rows = [["Metric", "Month", "Value"]]
        rows += [[NAMES[kpi], period, cell(kpi, period)] for kpi, period in table]
    elif layout == "wide":
        rows = [["Month", *(NAMES[kpi] for kpi in kpis)]]
        rows += [[period, *(cell(kpi, period) for kpi in kpis)] for period in periods]
    else:
        rows = [["KPI", *periods]]
        rows += [[NAMES[kpi], *(cell(kpi, period) for period in periods)] for kpi in kpis]
    assert read([*above, *rows], *file) == table
