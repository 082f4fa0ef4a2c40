"""Ask a person for what a KPI lacks, letter by letter of SMART."""

from collections.abc import Callable

from kpicli.catalogue.draft import (
    Draft,
    Existing,
    Table,
    draft_tables,
    input_ids,
    missing_keys,
    with_money,
)
from kpicli.catalogue.ids import find_goal
from kpicli.cli.output import ask, say_all, say_fault
from kpicli.cli.prompts.answers import (
    NOTHING_WRITTEN,
    ask_until_valid,
    ask_with_default,
    is_yes,
    non_empty,
    require_whole_percent,
)
from kpicli.environment import moment
from kpicli.errors import KpiError
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Rollup
from kpicli.model.notation.period import written_period
from kpicli.model.period import period_of
from kpicli.model.unit import PERCENT, check_unit
from kpicli.noun import NamedTuple
from kpicli.plugins import choice
from kpicli.views.words import adding as views


class Interview(NamedTuple):
    """What the questions about a KPI go by.

    `purpose` is offered as its goal; `check` raises `KpiError` for a draft that would not load.
    """

    existing: Existing
    purpose: str
    check: Callable[[Draft], object]


def ask_missing(draft: Draft, interview: Interview) -> Draft:
    """The draft with all that was missing."""
    say_all(views.introduction(draft))
    lacking = missing_keys(draft, interview.existing)
    is_own = "definition" not in draft.keys
    questions = [
        _recorded if draft.inputs and "formula" not in draft.overrides else None,
        _formula if is_own and interview.existing.definitions.kpis else None,
        _target if "target" in lacking else None,
        _source,
        _owner if "owner" in lacking else None,
        _levers if is_own else None,
        _goal if "goal" in lacking else None,
        _frequency if "frequency" not in draft.overrides else None,
        _rollup if is_own else None,
        _climb if "target" in lacking else None,
    ]
    for question in filter(None, questions):
        draft = with_money(question(draft, interview), interview.existing)
    if "unit" in missing_keys(draft, interview.existing):
        draft = _with_keys(draft, unit=ask_until_valid(views.CURRENCY_QUESTION, _money))
    return with_money(draft, interview.existing)


def _with_keys(draft: Draft, **more: str | list[str]) -> Draft:
    return draft._replace(overrides={**draft.overrides, **more})


def _recorded(draft: Draft, _interview: Interview) -> Draft:
    """Whether its parts are recorded, or the number itself."""
    if not input_ids(draft) or is_yes(views.parts_question(draft)):
        return draft
    return _with_keys(draft, formula="")


def _formula(draft: Draft, interview: Interview) -> Draft:
    """What a KPI of one's own is computed from."""
    if draft.table.get("formula"):
        return draft

    def read(answer: str) -> Draft:
        return _checked(_with_keys(draft, formula=answer), interview) if answer else draft

    return ask_until_valid(views.FORMULA_QUESTION, read)


def _checked(draft: Draft, interview: Interview) -> Draft:
    interview.check(with_money(draft, interview.existing))
    return draft


def _target(draft: Draft, interview: Interview) -> Draft:
    """Measurable."""
    existing = interview.existing

    def read(answer: str) -> Draft:
        with_target = _with_keys(draft, target=non_empty(views.TARGET_NEEDED)(answer))
        tables = draft_tables(with_money(with_target, existing), existing)
        require_whole_percent(answer, tables["kpis"][draft.id], existing)
        return with_target

    with_target = ask_until_valid(views.target_question(draft), read)
    is_relative = existing.target(str(with_target.overrides["target"])).is_relative
    if is_relative and "baseline" not in with_target.overrides:
        return _with_keys(with_target, baseline=_baseline())
    return with_target


def _baseline() -> str:
    return ask_until_valid(views.BASELINE_QUESTION, non_empty(views.ANSWER_NEEDED))


def _source(draft: Draft, interview: Interview) -> Draft:
    """Where it comes from, or what it is computed from, unless all of that is there."""
    is_computed = bool(draft.table.get("formula"))
    new = [id for id in input_ids(draft) if not interview.existing.has(id)]
    if {**interview.existing.defaults, **draft.table}.get("source") or (is_computed and not new):
        return draft
    answer = ask(views.SOURCE_QUESTION, NOTHING_WRITTEN)
    return _with_keys(draft, source=answer) if answer else draft


def _owner(draft: Draft, _interview: Interview) -> Draft:
    """Actionable."""
    default = views.default_owner(str(draft.table.get("area") or ""))
    return _with_keys(draft, owner=ask_with_default(views.OWNER_QUESTION, default))


def _levers(draft: Draft, _interview: Interview) -> Draft:
    """What moves it; of a term the catalogue knows that."""
    if draft.table.get("levers"):
        return draft
    answer = views.items(ask(views.LEVERS_QUESTION, NOTHING_WRITTEN))
    return _with_keys(draft, levers=answer) if answer else draft


def _goal(draft: Draft, interview: Interview) -> Draft:
    """Relevant."""
    area, definitions = draft.table.get("area"), interview.existing.definitions
    beside = (kpi.goal for kpi in definitions.kpis.values() if kpi.area == area and kpi.goal)
    goals = definitions.goals
    default = next((goals[goal].name for goal in beside), interview.purpose)

    def read(answer: str) -> Draft:
        goal = non_empty(views.ANSWER_NEEDED)(answer or default)
        find_goal(goal, goals)
        return _with_keys(draft, goal=goal)

    return ask_until_valid(views.goal_question(default, goals.values()), read)


def _frequency(draft: Draft, _interview: Interview) -> Draft:
    """Time-bound."""

    def read(answer: str) -> Draft:
        return _with_keys(draft, frequency=choice("frequency", answer.lower(), Frequency))

    return ask_until_valid(views.FREQUENCY_QUESTION, read, str(draft.keys["frequency"]))


def _rollup(draft: Draft, interview: Interview) -> Draft:
    """How parts of a period are put together, of what is recorded and is no percentage."""
    tables = draft_tables(with_money(draft, interview.existing), interview.existing)
    table = tables["kpis"][draft.id]
    if any(table.get(key) for key in ("rollup", "formula")) or _is_share(table, interview):
        return draft

    def read(answer: str) -> Draft:
        if not answer:
            return draft
        return _checked(
            _with_keys(draft, rollup=choice("the roll-up", answer.lower(), Rollup)), interview
        )

    return ask_until_valid(views.ROLLUP_QUESTION, read)


def _is_share(table: Table, interview: Interview) -> bool:
    """Whether it is counted in %, and so does not add up."""
    if table.get("unit"):
        return bool(table["unit"] == PERCENT)
    texts = (str(table.get(key, "")) for key in ("baseline", "target"))
    text = next(filter(None, texts), "")
    return bool(text) and interview.existing.target(text).unit == PERCENT


def _climb(draft: Draft, interview: Interview) -> Draft:
    """By when a target is to be reached, and where the way there begins."""
    if draft.overrides.get("by"):
        return draft
    while end := ask_until_valid(views.BY_QUESTION, lambda by: _period(by, draft, interview)):
        baseline = str(draft.overrides.get("baseline") or _baseline())
        climb = {"baseline": baseline, "start": _start(draft, interview), "by": end}
        try:
            return _checked(_with_keys(draft, **climb), interview)
        except KpiError as error:
            say_fault(error)
    return draft


def _start(draft: Draft, interview: Interview) -> str:
    calendar, today = interview.existing.definitions.calendar, moment(None).clock.today
    last = str(period_of(today, Frequency(draft.table["frequency"]), calendar).shift(-1))
    return ask_until_valid(views.START_QUESTION, lambda text: _period(text, draft, interview), last)


def _period(text: str, draft: Draft, interview: Interview) -> str:
    """A period as the definitions have it; nothing without an answer."""
    definitions, today = interview.existing.definitions, moment(None).clock.today
    frequency = Frequency(draft.table["frequency"])
    period = written_period(text, frequency, today, None, definitions.calendar) if text else ""
    return str(period)


def _money(answer: str) -> str:
    check_unit(non_empty(views.ANSWER_NEEDED)(answer))
    return answer
