"""What is asked and said while a KPI is put into the definitions."""

from collections.abc import Iterable, Iterator, Sequence

from kpicli.catalogue.draft import Draft, input_ids
from kpicli.catalogue.starter import StarterBoard
from kpicli.catalogue.term import Entry
from kpicli.language.currency import CURRENCY
from kpicli.model.finding import Finding
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Goal
from kpicli.model.quantity import with_unit
from kpicli.model.target import Direction
from kpicli.model.unit import PERCENT
from kpicli.screen import pad
from kpicli.text import clipped, comma_list, safe
from kpicli.views.catalogue import first_sentence, full_name

WISH_QUESTION = "Specific. What do you want to achieve, or which KPI? "
ANSWER_NEEDED = "please answer in your own words; Ctrl-C changes nothing"
TARGET_NEEDED = "without a target no value is good or bad; Ctrl-C changes nothing"
NO_CHOICE = "n"
CHOICE_QUESTION = f"Which one? A number, or {NO_CHOICE} for none of these [1]: "
NOT_IN_CATALOGUE = "The catalogue has nothing like that, so this will be a KPI of your own."
DEFINITION_QUESTION = "What exactly is counted, and what is not? "
CURRENCY_QUESTION = "Which currency is it in, such as kr, $ or EUR? "
BASELINE_QUESTION = "What does it start from? "
_SAMPLES = {(PERCENT, "lower"): "5", (CURRENCY, "lower"): "900", (CURRENCY, "higher"): "50000"}
_SAMPLE = "20"


def name_question(default: str) -> str:
    """How a KPI that no catalogue has is to be called."""
    return f"What is it called? [{clipped(default)}] "


def choices(entries: Iterable[Entry]) -> Iterator[str]:
    """A line a term, numbered from 1."""
    for number, entry in enumerate(entries, 1):
        yield f"  {number}  {full_name(entry)}: {first_sentence(entry)}"


def introduction(draft: Draft) -> Iterator[str]:
    """What it is, and what has to be recorded for it."""
    yield f"{clipped(draft.name)} ({draft.id}): {safe(str(draft.table.get('definition', '')))}."
    parts = [str(draft.inputs.get(id, {}).get("name", id)) for id in input_ids(draft)]
    if parts:
        yield f"It is computed from {comma_list(parts)}; --recorded records the number itself."


def write_question(file: str) -> str:
    """Whether to write what was shown."""
    return f"Write it to {file}? [yes] "


def capital(text: str) -> str:
    """As a name begins."""
    return text[:1].upper() + text[1:]


def target_question(draft: Draft) -> str:
    """`Measurable. Target for Churn Rate, lower is better, such as <5%: `."""
    way = draft.keys.get("direction")
    better = f", {way} is better" if way else ""
    example = target_example(draft)
    return f"Measurable. Target for {clipped(draft.name)}{better}, such as {example}: "


def target_example(draft: Draft) -> str:
    """A target of the kind that it takes."""
    unit, way = str(draft.table.get("unit", "")), str(draft.table.get("direction", ""))
    sign = "<" if way == Direction.LOWER else ">="
    number = _SAMPLES.get((unit, way), _SAMPLE)
    return sign + with_unit(number, (draft.money or "kr") if unit == CURRENCY else unit)


def owner_question(default: str) -> str:
    """Who is to answer for it."""
    return f"Actionable. Who is responsible for it? [{clipped(default)}] "


def goal_question(default: str, goals: Iterable[Goal]) -> str:
    """What it is for: one of the goals there are, or a new one."""
    names = ", ".join(clipped(goal.name) for goal in goals)
    beside = f" So far: {names}." if names else ""
    suffix = f" [{clipped(default)}] " if default else " "
    return f"Relevant. Which goal does it serve?{beside}{suffix}"


def frequency_question(default: str) -> str:
    """How often it is to be measured."""
    *most, last = Frequency
    return f"Time-bound. How often is it measured: {', '.join(most)} or {last}? [{default}] "


def default_owner(area: str) -> str:
    """A role that is likely to exist: `Head of Marketing`."""
    return f"Head of {area.title()}" if area else "Head of Sales"


NOTHING_FOUND = ("kpi check: nothing found",)


def check_lines(findings: Iterable[Finding]) -> tuple[str, ...]:
    """What `kpi check` says of it, a line each."""
    return tuple(
        f"kpi check: {finding.code} {safe(finding.message)} → {safe(finding.hint)}"
        for finding in findings
    )


def flags(draft: Draft, lacking: Iterable[str]) -> str:
    """What is missing, as it may be typed."""
    samples = {
        "target": target_example(draft),
        "owner": default_owner(str(draft.table.get("area") or "")),
        "goal": "Grow the business",
        "unit": "kr",
    }
    return " ".join(f'--{key} "{samples[key]}"' for key in lacking)


def added_text(draft: Draft, file: str, beneath: Sequence[str], used: Sequence[str]) -> str:
    """`added Customer Acquisition Cost (cac) to kpis.toml, with leads beneath it`."""
    text = f"added {clipped(draft.name)} ({draft.id}) to {file}"
    text += f", with {comma_list(beneath)} beneath it" if beneath else ""
    verb = "were" if len(used) > 1 else "was"
    return f"{text}; {comma_list(used)} {verb} there" if used else text


def next_step(ids: Sequence[str]) -> str:
    """What to do once it stands there."""
    return f"next: kpi record {ids[0]} VALUE" if ids else "next: kpi status"


STARTER_INVITATION = "Choose a board to start from:"
DECIMAL_QUESTION = "Decimal mark, . as in 480,000.50 or , as in 480.000,50? Enter for a point: "
STARTER_QUESTION = "Which one? Enter for a plain example: "


def starter_lines(boards: Sequence[StarterBoard]) -> Iterator[str]:
    """A line a board, numbered from 1."""
    widest = max(len(board.name) for board in boards)
    for number, board in enumerate(boards, 1):
        yield f"  {number}  {pad(board.name, widest)}  {board.explains}"


def starter_target_question(draft: Draft) -> str:
    """`Monthly Revenue, higher is better. Target such as >=50000 kr, or Enter for later: `."""
    way = draft.keys["direction"]
    example = target_example(draft)
    return f"{draft.name}, {way} is better. Target such as {example}, or Enter for later: "


def open_lines(name: str, text: str) -> Iterator[str]:
    """What is left to be filled in, line by line, and what comes then."""
    gaps = list(_gaps(text))
    if "[kpis." not in text:
        yield "next: kpi add, or kpi catalog to see what others measure"
        return
    if gaps:
        yield f"next: uncomment and fill in these lines of {clipped(name)}"
        yield from (f"  line {line}: {what}" for line, what in gaps)
    yield "then kpi check, kpi record and kpi status" if gaps else "next: kpi check"


def _gaps(text: str) -> Iterator[tuple[int, str]]:
    """Each line that is left open, and what it is about."""
    kpi = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("[", "name = ")):
            kpi = line.removeprefix("name = ").strip('"[]')
        elif line.startswith(_OPEN):
            key = line.removeprefix("# ").partition(" ")[0]
            yield number, f"{key} of {_GAP_OWNERS.get(kpi, kpi)}"


_OPEN = ("# owner = ", "# target = ")
_GAP_OWNERS = {"defaults": "all KPIs without an owner of their own"}
