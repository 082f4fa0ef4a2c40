"""What a run has found of a KPI is kept until that is told, and longer where a formula has it."""

from tests.evaluation.board import board


def test_what_is_told_is_forgotten_but_of_what_a_formula_is_made() -> None:
    toml = '[kpis.margin]\nformula = "profit / sales"\n[kpis.profit]\n[kpis.sales]\n'
    ledger = board(toml, "profit 2026-10 1", "sales 2026-10 2")
    for kpi in ledger.definitions.kpis.values():
        ledger.latest(kpi)
        ledger.forget(kpi)
    assert sorted(id for id, found in ledger.answers.items() if found) == ["profit", "sales"]
