"""What a source is asked for a KPI, and what is made of its answer."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from kpicli.errors import KpiError
from kpicli.model.frequency import Frequency
from kpicli.model.kpi import Kpi
from kpicli.model.period import Period, read_period
from kpicli.model.scorecard import Clock
from kpicli.services.pull.ask import (
    Value,
    command_parameters,
    printed_answer,
    values_of,
)
from kpicli.services.pull.secrets import Secrets
from kpicli.sources._cell_text import Answer
from kpicli.sources._deadline import timed_out
from kpicli.text import hide_password

CHURN = Kpi(id="churn", frequency=Frequency.MONTHLY)
CLOCK = Clock(date(2026, 11, 29), lambda at: date.fromisoformat(at[:10]))
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
        for value in values_of(CHURN, periods, database, used, CLOCK)
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


def test_nothing_for_all_periods_is_nothing_measured_in_each() -> None:
    database = Database({WHOLE: Answer(("",), ())})
    assert asked(database, months("2026-09", "2026-10"), frozenset()) == [
        ("2026-09", None),
        ("2026-10", None),
    ]


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
        ("2026-10", "3"),
        "2026-09: no answer",
    ]


def test_periods_that_fail_alike_are_one_failure() -> None:
    class Broken(Database):
        def __call__(self, values: Mapping[str, object]) -> Answer:
            self.asked.append((str(values["start"]), str(values["end"])))
            return one("5") if len(self.asked) == 1 else Answer(("n",), (("1",), ("2",)))

    periods = [read_period("2025-01").shift(step) for step in range(22)]
    assert asked(Broken({}), periods) == [
        "2025-01 to 2026-10: answers 2 rows where one value is meant"
    ]


@pytest.mark.parametrize(
    ("slow", "values"),
    [
        ([WHOLE], [("2026-09", "2"), ("2026-10", "3")]),
        ([SEPTEMBER], ["2026-09: no answer within 60 s; 1 later period not asked for"]),
        ([OCTOBER], [("2026-09", "2"), "2026-10: no answer within 60 s"]),
    ],
    ids=["all at once, and each alone does not", "the first, which ends it", "the last"],
)
def test_a_question_may_take_too_long(slow: list[tuple[str, str]], values: list[object]) -> None:
    answers = {WHOLE: one("5"), SEPTEMBER: one("2"), OCTOBER: one("3")}
    database = Database(answers | dict.fromkeys(slow, timed_out(60)))
    assert asked(database, months("2026-09", "2026-10")) == values


@pytest.mark.parametrize("count", [720, 36])
def test_two_columns_are_one_question_however_many_periods(count: int) -> None:
    periods = [read_period("1967-01").shift(step) for step in range(count)]
    whole = str(periods[0].start), str(periods[-1].end)
    database = Database({whole: pairs(*((str(period), "1") for period in periods))})
    assert asked(database, periods) == [(str(period), "1") for period in periods]
    assert database.asked == [whole]


def test_one_value_is_a_question_for_each_of_720_periods_and_the_first_for_all() -> None:
    periods = [read_period("1967-01").shift(step) for step in range(720)]
    days = [(str(period.start), str(period.end)) for period in periods]
    whole = days[0][0], days[-1][1]
    database = Database({whole: one("9")} | {each: one("1") for each in days})
    assert asked(database, periods) == [(str(period), "1") for period in periods]
    assert database.asked == [whole, *days]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (Answer(("n",), (("1",), ("2",))), "2026-10: answers 2 rows where one value is meant"),
        (Answer(("a", "b", "c"), ()), "2026-10: answers 3 columns"),
        (pairs(("2026-10", "1"), ("2026-10-01", "2")), "2026-10: answers 2026-10 twice"),
        (pairs((None, "1")), "2026-10: answers a row without a period"),
        (pairs(("last", "1")), "2026-10: 'last' is not a period"),
        (pairs(("01/02/2026", "1")), "2026-10: '01/02/2026' is ambiguous"),
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


@pytest.mark.parametrize(
    "label",
    [
        "2026-10",
        "202610",
        "Oct 2026",
        "10/2026",
        "2026-10-01 00:00:00",
        "2026-10-01T12:00:00Z",
        " 2026M10",
    ],
)
def test_a_label_is_read_as_an_import_reads_it(label: str) -> None:
    assert asked(Database({OCTOBER: pairs((label, "1"))}), months("2026-10")) == [("2026-10", "1")]


def test_no_row_is_nothing_measured() -> None:
    assert asked(Database({OCTOBER: Answer(("n",), ())}), months("2026-10")) == [("2026-10", None)]
    assert asked(Database({OCTOBER: pairs()}), months("2026-10")) == [("2026-10", None)]


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
    assert command_parameters(["sh", "-c", "count $KPI_PERIOD ${KPI_END}"]) == {"period", "end"}


def test_a_secret_is_filled_in_and_never_said() -> None:
    secrets = Secrets({"TOKEN": "hunter2"})
    assert secrets.fill("Bearer ${TOKEN}") == "Bearer hunter2"
    assert secrets.hide("401 for Bearer hunter2") == "401 for Bearer ***"


@pytest.mark.parametrize(
    ("url", "password", "filled"),
    [
        ("postgresql://ann:${PW}@db/shop", "p@ss/w?&#%d", "p%40ss%2Fw%3F%26%23%25d"),
        ("postgresql://ann:${PW}@db/shop", "p%40ss:w", "p%40ss:w"),
        ("postgresql://ann@db/shop?password=${PW}", "a&b=c", "a%26b%3Dc"),
        ("postgresql://ann@db/shop?password=${PW}&board=b", "a&b=c", "a%26b%3Dc"),
        ("https://db/${PW}", "a/b", "a/b"),
        ("Bearer ${PW}", "a/b@c", "a/b@c"),
    ],
)
def test_a_password_stays_one_in_a_url(url: str, password: str, filled: str) -> None:
    assert Secrets({"PW": password}).fill(url) == url.replace("${PW}", filled)


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        ("hunter2\n", "Invalid header value b'Bearer hunter2\\n'"),
        ("hun%74er2", "FATAL: no user hunter2"),
        ("hunter2/+", "GET /?token=hunter2%2F%2B"),
    ],
)
def test_a_secret_is_not_said_in_another_spelling_either(value: str, spelling: str) -> None:
    secrets = Secrets({"KEY": value})
    secrets.fill("${KEY}")
    assert "hunter2" not in secrets.hide(spelling)


def test_what_is_called_a_secret_is_none_of_a_message() -> None:
    secrets = Secrets({"DB_PASSWORD": "hunter2", "PWD": "/home/ann", "X_TOKEN": "a"})
    assert secrets.hide("hunter2 in /home/ann a") == "*** in /home/ann a"


def test_a_variable_that_is_not_set_is_named() -> None:
    secrets = Secrets({})
    with pytest.raises(KpiError, match="the variable OTHER is not set"):
        secrets.fill("${OTHER}")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ann:s3cret@db/shop", "postgresql://ann:***@db/shop"),
        (
            "postgresql://db/shop?user=ann&password=s3cret&a=1",
            "postgresql://db/shop?user=ann&password=***&a=1",
        ),
        ("postgresql://ann:${PASSWORD}@db/shop", "postgresql://ann:${PASSWORD}@db/shop"),
        ("postgresql://ann:s/3?cret@db/shop", "postgresql://ann:***@db/shop"),
        ("https://db:8080/a@b?day=1:2", "https://db:8080/a@b?day=1:2"),
        ("https://db/?TOKEN=s3cret", "https://db/?TOKEN=***"),
        ("https://db/a@b?day=1:2", "https://db/a@b?day=1:2"),
    ],
)
def test_a_password_of_a_url_is_hidden(url: str, shown: str) -> None:
    assert hide_password(url) == shown
