"""Two people record apart, and their logs meet: both are told, until one of them records again."""

from pathlib import Path

import pytest

from tests.installed import Kpi
from tests.store.logs import line

BOARD = '[kpis.mrr]\nunit = "kr"\n'
OPEN = "2026-06: 10 kr by ana, 11 kr by bob; neither had seen the other's."


@pytest.fixture
def met(kpi: Kpi, tmp_path: Path) -> Kpi:
    """A board in whose log the lines of two people have met."""
    logs = []
    for writer, value in (("ana", 10), ("bob", 11)):
        folder = tmp_path / writer
        folder.mkdir()
        (folder / "kpis.toml").write_text(BOARD)
        words = ("record", f"mrr={value}", "--period", "2026-06", "--by", writer)
        assert kpi(*words, cwd=folder).code == 0
        logs.append((folder / "kpis.jsonl").read_bytes())
    (tmp_path / "kpis.toml").write_text(BOARD)
    (tmp_path / "kpis.jsonl").write_bytes(b"".join(logs))
    return kpi


def test_verify_and_show_say_what_two_recorded_apart(met: Kpi) -> None:
    run = met("verify")
    assert run.code == 1
    first = "kpis.jsonl:2: mrr 2026-06: 10 by 'ana' and 11 by 'bob', neither of whom had seen"
    assert run.out.startswith(first)
    assert OPEN in met("show", "mrr").out
    assert OPEN in met("show", "mrr", "--json").out


@pytest.mark.parametrize(("skip", "said"), [(False, "nothing"), (True, "not applicable")])
def test_who_holds_no_value_is_quoted_in_words(
    kpi: Kpi, tmp_path: Path, *, skip: bool, said: str
) -> None:
    (tmp_path / "kpis.toml").write_text(BOARD)
    lines = line(value=10, unit="kr", by="ana"), line(value=None, skip=skip, unit="kr", by="bob")
    (tmp_path / "kpis.jsonl").write_bytes(b"".join(lines))
    assert f"{said} by 'bob'" in kpi("verify").out


@pytest.mark.parametrize(
    ("words", "value"), [(("mrr=10", "--replace"), "10 kr"), (("mrr=11",), "11 kr")]
)
def test_one_who_records_again_settles_it(met: Kpi, words: tuple[str, ...], value: str) -> None:
    assert met("record", *words, "--period", "2026-06").code == 0
    assert met("verify").code == 0
    shown = met("show", "mrr")
    assert "neither had seen" not in shown.out
    assert value in shown.out
    assert "nothing changed" in met("record", *words, "--period", "2026-06").err


def test_what_was_exported_and_imported_again_is_no_disagreement(met: Kpi, tmp_path: Path) -> None:
    assert met("record", "mrr=12", "--replace", "--period", "2026-06", "--by", "cy").code == 0
    table = met("history", "--all", "--format", "csv").out
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "kpis.toml").write_text(BOARD)
    assert met("import", "-", stdin=table, cwd=copy).code == 0
    assert met("verify", cwd=copy).code == 0
