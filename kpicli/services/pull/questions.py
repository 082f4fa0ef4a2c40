"""What there is to ask the sources of a board: of which KPIs, and for which periods."""

import json
from collections.abc import Sequence

from kpicli.errors import KpiError
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.notation.period import named_period
from kpicli.model.scorecard import Scorecard
from kpicli.recording.draft import period_to_record
from kpicli.recording.pulled import Question, Window, is_pulled, periods_to_ask
from kpicli.store.log.seal import sha256
from kpicli.text import did_you_mean, safe


def questions(scorecard: Scorecard, names: Sequence[str], window: Window) -> list[Question]:
    """What there is to ask, for KPIs and sources by name, else for all; in the file's order.

    Raises `KpiError` for a name that is neither, and where nothing is ever pulled.
    """
    definitions = scorecard.definitions
    kpis = [question.kpi for question in questions_of(definitions)]
    if not kpis:
        hint = "give a KPI a source and a query, or a command: kpi help sources"
        raise KpiError("no KPI has a source to pull from", hint=hint)
    if names:
        wanted = {id for name in names for id in _meant(definitions, name)}
        kpis = [kpi for kpi in kpis if kpi.id in wanted]
    return [_question(scorecard, kpi, window) for kpi in kpis]


def questions_of(definitions: Definitions) -> list[Question]:
    """All that `kpi pull` may ever ask, about no period; in the file's order."""
    sources = definitions.sources
    return [
        Question(kpi, sources.get(kpi.source or ""), ())
        for kpi in definitions.kpis.values()
        if is_pulled(definitions, kpi)
    ]


def _meant(definitions: Definitions, name: str) -> list[str]:
    if name in definitions.sources:
        return [kpi.id for kpi in definitions.kpis.values() if kpi.source == name]
    try:
        kpi = definitions.kpi(name)
    except KpiError as error:
        hint = did_you_mean(name, definitions.sources) or error.hint
        raise KpiError(f"no KPI and no source is called '{safe(name[:80])}'", hint=hint) from None
    if not is_pulled(definitions, kpi):
        raise KpiError(f"{kpi.id} has no source to pull from", hint="give it a query or a command")
    return [kpi.id]


def _question(scorecard: Scorecard, kpi: Kpi, window: Window) -> Question:
    source = scorecard.definitions.sources.get(kpi.source or "")
    question = Question(kpi, source, ())
    if window.only:
        return question._replace(periods=(period_to_record(scorecard, kpi, window.only),))
    since = None
    if window.since:
        since = named_period(window.since, kpi.frequency, *scorecard.clock, kpi.calendar)
        if since.frequency is not kpi.frequency:
            since = next(iter(since.parts(kpi.frequency)), None)
    periods = periods_to_ask(
        scorecard, kpi, question.restate, since, has_current=window.has_current
    )
    return question._replace(periods=periods)


def fingerprint(definitions: Definitions) -> str:
    """A hash of all that `kpi pull` may open, ask or start; of no target and no name."""
    sources = {id: {key: str(value) for key, value in source.keys.items()}
               for id, source in definitions.sources.items()}  # fmt: skip
    kpis = {
        kpi.id: [kpi.source, kpi.query, *kpi.command]
        for kpi in definitions.kpis.values()
        if is_pulled(definitions, kpi)
    }
    digest: str = sha256(json.dumps([sources, kpis], sort_keys=True).encode()).hexdigest()
    return digest
