"""What is asked and said while a board is started, and while KPIs are put into it."""

from collections.abc import Iterable, Iterator, Sequence

from kpicli.catalogue.draft import Draft, input_ids
from kpicli.catalogue.term import StarterBoard, Template
from kpicli.language.currency import CURRENCY
from kpicli.model.finding import Finding
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Goal
from kpicli.model.quantity import with_unit
from kpicli.model.target import Direction
from kpicli.model.unit import PERCENT
from kpicli.screen import pad
from kpicli.text import clipped, comma_list, safe

FREQUENCY_QUESTION = f"Time-bound. How often is it measured: {comma_list([*Frequency], 'or')}?"
NAME_QUESTION = "What is it called?"
OWNER_QUESTION = "Actionable. Who is responsible for it?"
START_QUESTION = "In which period was that measured?"
STARTER_OWNER_QUESTION = "Who is responsible for them, a name or a role?"
TITLE_QUESTION = "What is the board called?"  # these go on with what an empty answer stands for
WISH_QUESTION = "Specific. What do you want to achieve, or which KPI? "
ANSWER_NEEDED = "please answer in your own words; Ctrl-C changes nothing"
TARGET_NEEDED = "without a target no value is good or bad; Ctrl-C changes nothing"
NO_CHOICE = "n"
CHOICE_QUESTION = f"Which one? A number, or {NO_CHOICE} for none of these [1]: "
NOT_IN_CATALOGUE = "The catalogue has nothing like that, so this will be a KPI of your own."
DEFINITION_QUESTION = "What exactly is counted, and what is not? "
CURRENCY_QUESTION = "Which currency is it in, such as kr, $ or EUR? "
FORMULA_QUESTION = "Is it computed, as in 100 * orders / visits? Enter if it is recorded: "
SOURCE_QUESTION = "Where does the number come from? Enter for later: "
LEVERS_QUESTION = "What can be done to move it (commas between)? Enter for later: "
ROLLUP_QUESTION = "How do its parts add up: sum, mean, last, min or max? Enter if they do not: "
BY_QUESTION = "By when is it to be reached, as in 2027-12? Enter if it always holds: "
BASELINE_QUESTION = "What does it start from? "
_SAMPLES = {(PERCENT, "lower"): "5", (CURRENCY, "lower"): "900", (CURRENCY, "higher"): "50000"}
_SAMPLE = "20"

STARTER_INVITATION = "Choose a board to start from:"
AMOUNT_QUESTION = "How do you write amounts, as in 480,000.50 kr or 480.000,50 €? "
"""One answer tells the decimal mark and the currency."""
AMOUNT_HINT = "with decimals and your currency, as in 480,000.50 kr"
STARTER_QUESTION = "Which one? Enter for a plain example: "


def choices(templates: Iterable[Template], phrase: str) -> Iterator[str]:
    """A line a term, numbered from 1, and one's own KPI beside them."""
    for number, template in enumerate(templates, 1):
        yield f"  {number}  {template.full_name}: {template.first_sentence}"
    yield f"  {NO_CHOICE}  {clipped(phrase)}, a KPI of your own"


def introduction(draft: Draft) -> Iterator[str]:
    """What it is."""
    definition = safe(str(draft.table.get("definition", "")))
    yield f"{clipped(draft.name)} ({draft.id})" + (f": {definition}." if definition else "")


def parts_question(draft: Draft) -> str:
    """Whether to record what a term is computed from."""
    parts = [str(draft.inputs.get(id, {}).get("name", id)) for id in input_ids(draft)]
    what = "these" if len(parts) > 1 else "that"
    which = f"Record {what}, or n for the number itself?"
    return f"It is computed from {comma_list(parts)}. {which} [yes] "


def items(text: str) -> list[str]:
    """What commas part."""
    return [item for part in text.split(",") if (item := part.strip())]


def write_question(file: str) -> str:
    """Whether to write what was shown."""
    return f"Write it to {file}? [yes] "


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


def goal_question(default: str, goals: Iterable[Goal]) -> str:
    """What it is for: one of the goals there are, or a new one."""
    names = ", ".join(clipped(goal.name) for goal in goals)
    beside = f" So far: {names}." if names else ""
    suffix = f" [{clipped(default)}] " if default else " "
    return f"Relevant. Which goal does it serve?{beside}{suffix}"


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


def starter_lines(boards: Sequence[StarterBoard]) -> Iterator[str]:
    """A line a board, numbered from 1."""
    widest = max(len(board.name) for board in boards)
    for number, board in enumerate(boards, 1):
        yield f"  {number}  {pad(board.name, widest)}  {board.explains}"


def plain_target_question(default: str) -> str:
    """What the first KPI of the plain example is to reach."""
    return f"Monthly Revenue, higher is better. Target? [{default}] "


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
        yield f"next: in {clipped(name)}, fill in these lines and remove the # in front of them"
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
