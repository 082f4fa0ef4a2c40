"""What there is to ask the sources of a board: of which KPIs, and for which periods."""

import json
from collections.abc import Iterator, Sequence

from kpicli.errors import KpiError
from kpicli.model.kpi import Definitions, Kpi
from kpicli.model.notation.period import named_period
from kpicli.model.period import Period
from kpicli.model.scorecard import Scorecard
from kpicli.recording.pulled import Question, Window, is_pulled, periods_to_ask
from kpicli.store.log.seal import sha256
from kpicli.text import did_you_mean, safe

_MOST_NAMED = 8  # sources and KPIs that a hint names


def questions(scorecard: Scorecard, names: Sequence[str], window: Window) -> list[Question]:
    """What there is to ask, for KPIs and sources by name, else for all; in the file's order.

    Raises `KpiError` for a name that is neither, and where nothing is ever pulled.
    """
    if window.only and window.since:
        hint = "leave one of the two out"
        raise KpiError("--period cannot be combined with --since", hint=hint)
    definitions = scorecard.definitions
    asked = questions_of(definitions)
    if not asked:
        hint = "give a KPI a source and a query, or a command: kpi help sources"
        raise KpiError("no KPI has a source to pull from", hint=hint)
    if names:
        wanted = {id for name in names for id in _meant(definitions, name)}
        asked = [question for question in asked if question.kpi.id in wanted]
    return [question._replace(periods=_periods(scorecard, question, window)) for question in asked]


def questions_of(definitions: Definitions) -> list[Question]:
    """All that `kpi pull` may ever ask, about no period; in the file's order."""
    sources = definitions.sources
    return [
        Question(kpi, sources.get(kpi.source or ""), ())
        for kpi in definitions.kpis.values()
        if is_pulled(definitions, kpi)
    ]


def _known(definitions: Definitions) -> str:
    """What may be named: the sources, and the KPIs that have one."""
    ids = [question.kpi.id for question in questions_of(definitions)]
    parts = {"sources": [*definitions.sources], "KPIs": ids}
    return "; ".join(
        f"{noun}: {', '.join(names[:_MOST_NAMED])}" for noun, names in parts.items() if names
    )


def _meant(definitions: Definitions, name: str) -> list[str]:
    if name in definitions.sources:
        ids = [kpi.id for kpi in definitions.kpis.values() if kpi.source == name]
        if not ids:
            raise KpiError(f"no KPI comes from {name}", hint=f'give one: source = "{name}"')
        return ids
    try:
        kpi = definitions.kpi(name)
    except KpiError:
        hint = did_you_mean(name, [*definitions.sources, *definitions.kpis]) or _known(definitions)
        raise KpiError(f"no KPI and no source is called '{safe(name[:80])}'", hint=hint) from None
    if kpi.formula:
        message = f"{kpi.id} is computed by its formula, {kpi.formula.text}"
        raise KpiError(message, hint="pull its inputs instead")
    if not is_pulled(definitions, kpi):
        raise KpiError(f"{kpi.id} has no source to pull from", hint="give it a query or a command")
    return [kpi.id]


def _periods(scorecard: Scorecard, question: Question, window: Window) -> tuple[Period, ...]:
    kpi = question.kpi
    if window.only:
        return tuple(
            each for each in _periods_in(scorecard, kpi, window) if not kpi.is_retired(each)
        )
    since = kpi.period_of(_begun(scorecard, kpi, window.since).start) if window.since else None
    return periods_to_ask(scorecard, kpi, question.restate, since, has_current=window.has_current)


def _periods_in(scorecard: Scorecard, kpi: Kpi, window: Window) -> Iterator[Period]:
    """The own period that is named, else the closed ones in it, or around it."""
    period = _begun(scorecard, kpi, window.only or "")
    if period.frequency is kpi.frequency:
        yield period
        return
    today, own = scorecard.clock.today, kpi.period_of(period.start)
    while own.start < period.end:
        is_meant = own.is_closed(today) or (window.has_current and own.has_begun(today))
        if is_meant and (period.contains(own) or own.contains(period)):
            yield own
        own = own.shift(1)


def _begun(scorecard: Scorecard, kpi: Kpi, text: str) -> Period:
    """The period that is named; raises `KpiError` for one that nothing can be known of yet."""
    period = named_period(text, kpi.frequency, *scorecard.clock, kpi.calendar)
    if not period.has_begun(scorecard.clock.today):
        raise KpiError(f"{period} has not begun", hint="it can be asked for once it has begun")
    return period


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
