"""What a source is asked for a KPI, and what is made of its answer."""

from collections.abc import Mapping, Sequence

import pytest

from kpicli.errors import KpiError
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, read_period
from kpicli.services.ask import (
    Secrets,
    Value,
    command_parameters,
    printed_answer,
    values_of,
)
from kpicli.sources._answer import Answer
from kpicli.text import hide_password

CHURN = Kpi(id="churn", frequency=Frequency.MONTHLY)
ALL = frozenset({"start", "end"})


def months(*labels: str) -> list[Period]:
    return [read_period(label) for label in labels]


class Database:
    """A source that knows its questions: an answer for each range of days."""

    def __init__(self, answers: Mapping[tuple[str, str], Answer | KpiError]) -> None:
        self.answers, self.asked = answers, list[tuple[str, str]]()

    def __call__(self, values: Mapping[str, object]) -> Answer:
        days = str(values["start"]), str(values["end"])
        self.asked.append(days)
        answer = self.answers[days]
        if isinstance(answer, KpiError):
            raise answer
        return answer


def one(value: str | None) -> Answer:
    return Answer(("n",), ((value,),))


def pairs(*rows: tuple[str | None, str | None]) -> Answer:
    return Answer(("period", "n"), rows)


def asked(
    database: Database, periods: Sequence[Period], used: frozenset[str] = ALL
) -> list[tuple[str, str | None] | str]:
    return [
        (str(value.period), value.value) if isinstance(value, Value) else value.message
        for value in values_of(CHURN, periods, database, used)
    ]


WHOLE = ("2026-09-01", "2026-11-01")
SEPTEMBER, OCTOBER = ("2026-09-01", "2026-10-01"), ("2026-10-01", "2026-11-01")


def test_two_columns_answer_all_periods_in_one_question() -> None:
    database = Database({WHOLE: pairs(("2026-10", "3"), ("2026-09-01", "2"), ("2026-08", "9"))})
    assert asked(database, months("2026-09", "2026-10")) == [("2026-09", "2"), ("2026-10", "3")]
    assert database.asked == [WHOLE]


def test_one_value_is_asked_for_each_period() -> None:
    database = Database({WHOLE: one("5"), SEPTEMBER: one("2"), OCTOBER: one(None)})
    assert asked(database, months("2026-09", "2026-10")) == [("2026-09", "2"), ("2026-10", None)]


def test_a_label_in_the_question_means_one_period_at_a_time() -> None:
    database = Database({SEPTEMBER: one("2"), OCTOBER: one("3")})
    used = frozenset({"period"})
    assert asked(database, months("2026-09", "2026-10"), used) == [
        ("2026-09", "2"),
        ("2026-10", "3"),
    ]


def test_a_period_that_fails_leaves_the_others() -> None:
    database = Database({WHOLE: one("5"), SEPTEMBER: KpiError("no answer"), OCTOBER: one("3")})
    assert asked(database, months("2026-09", "2026-10")) == [
        "2026-09: no answer",
        ("2026-10", "3"),
    ]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(("n",), (("1",), ("2",))), "2026-10: answers 2 rows where one value is meant"),
        (Answer(("a", "b", "c"), ()), "2026-10: answers 3 columns"),
        (pairs(("2026-10", "1"), ("2026-10-01", "2")), "2026-10: answers 2026-10 twice"),
        (pairs(("2026-10-02", "1")), "2026-10: '2026-10-02' is no month"),
        (pairs(("2026-Q4", "1")), "2026-10: '2026-Q4' is no month"),
    ],
)
def test_an_answer_that_is_neither_is_refused(answer: Answer, message: str) -> None:
    (found,) = asked(Database({OCTOBER: answer}), months("2026-10"))
    assert str(found).startswith(message)


def test_a_question_without_days_is_not_asked_for_several_periods() -> None:
    with pytest.raises(KpiError, match="answers one value, and 2 periods are asked for"):
        asked(Database({WHOLE: one("5")}), months("2026-09", "2026-10"), frozenset())


def test_no_row_is_nothing_measured() -> None:
    assert asked(Database({OCTOBER: Answer(("n",), ())}), months("2026-10")) == [("2026-10", None)]


@pytest.mark.parametrize(
    ("output", "rows"),
    [
        ("412\n", (("412",),)),
        ("  1 234.5 kr\n\n", (("1 234.5 kr",),)),
        ("2026-09,2\n2026-10,3\n", (("2026-09", "2"), ("2026-10", "3"))),
        ("2026-09\t2\n", (("2026-09", "2"),)),
        ("2026-09;2,5\n", (("2026-09", "2,5"),)),
        ("2026-09-01 2\n", (("2026-09-01", "2"),)),
        ("1,234\n", (("1,234",),)),
        ("", ()),
    ],
)
def test_what_a_program_prints(output: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert printed_answer(output.encode()).rows == rows


def test_parameters_of_a_command() -> None:
    words = ["git", "--since={start}", "{end}", "{other}", "$start"]
    assert command_parameters(words) == {"start", "end"}


def test_a_secret_is_filled_in_and_never_said() -> None:
    secrets = Secrets({"TOKEN": "hunter2"})
    assert secrets.fill("Bearer ${TOKEN}") == "Bearer hunter2"
    assert secrets.hide("401 for Bearer hunter2") == "401 for Bearer ***"
    with pytest.raises(KpiError, match="the variable OTHER is not set"):
        secrets.fill("${OTHER}")


def test_a_password_of_a_url_is_hidden() -> None:
    assert hide_password("postgresql://ann:s3cret@db/shop") == "postgresql://ann:***@db/shop"
