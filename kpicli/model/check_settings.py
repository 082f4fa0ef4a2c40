"""How a board wants to be checked: the `[check]` of its definitions."""

from collections.abc import Mapping

from kpicli.model.schema_types import TomlTable, Word, key, noun

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
