"""What a rule found in a definition or its history, and how a board wants to be checked."""

from collections.abc import Mapping

from kpicli.model.schema_types import TomlTable, Word, key, noun
from kpicli.noun import NamedTuple

MOST_KPIS = 1000


class Severity(Word):
    """How much a finding weighs; advice alone does not fail a check."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@noun(eq=True)
class CheckSettings(TomlTable):
    """Each field is a key of the table; codes are those of `kpi rules`, names or letters."""

    select: tuple[str, ...] = key("only these rules: codes, names or letters", ())
    ignore: tuple[str, ...] = key("all rules but these", ())
    severity: Mapping[str, Severity] = key(
        "how much the findings of a rule weigh: error, warning or advice, by its code", dict
    )
    top_level: int = key(
        "KPIs that may stand at the top before R03 says so; 5", 5, minimum=1, maximum=MOST_KPIS
    )
    beneath: int = key(
        "KPIs that may stand beneath one before R04 says so; 7", 7, minimum=1, maximum=MOST_KPIS
    )
    burdens: tuple[str, ...] = key("words of yours of which less is better, for M03", ())
    fine: tuple[str, ...] = key("words of yours: no rule minds what a name with one says", ())


class Correction(NamedTuple):
    """A change of the definitions that is certain.

    Either a `sign` that goes before the text of a key, or a `value` in TOML of a key to be added.
    """

    path: tuple[str, ...]
    sign: str = ""
    value: str = ""


class Finding(NamedTuple):
    """One fault: the key it is about, from the top of the file, why, and what to write instead.

    `about` is the id of the KPI that it is about where that is not the one of its key; empty for
    the whole board. Code and name are the rule's own and are put in by whoever runs it, as is its
    severity where that is less. `default` is the line of `[defaults]` that answers it for all KPIs,
    where there is one. What `is_shared` is said once for the file, however few KPIs it is about.
    """

    path: tuple[str, ...]
    message: str
    hint: str = ""
    about: str | None = None
    default: str = ""
    is_shared: bool = False
    correction: Correction | None = None
    code: str = ""
    name: str = ""
    severity: Severity = Severity.ERROR

    @property
    def kpi(self) -> str:
        """The id of the KPI that it is about, or empty for the whole board."""
        if self.about is not None:
            return self.about
        return self.path[1] if self.path[:1] == ("kpis",) else ""


class LocatedFinding(NamedTuple):
    """A finding, and where its key stands: line and column from 1, its length, and that line."""

    finding: Finding
    line: int
    column: int
    length: int = 0
    source: str = ""
