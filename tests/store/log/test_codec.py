"""One line of the log: sealed, read back, and every kind of damage by name."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpicli.errors import NotationError
from kpicli.model.period import read_period
from kpicli.model.record import NOTE_ID, LogLine, Record
from kpicli.store.log.codec import LONGEST, read_line, usual_lines, write_line
from kpicli.store.log.json_line import read_object

AT = "2026-11-02T08:15:30.123456Z"
RECORD = Record("mrr", read_period("2026-10"), Decimal("480000.50"), AT, by="finance", note="ok")
FIELDS = {"kpi": "mrr", "period": "2026-10", "value": 5, "at": AT}


def unsealed(**changes: object) -> bytes:
    """A line as an editor would write it; a key whose value is `...` is left out."""
    fields = {**FIELDS, **changes}
    return json.dumps({key: fields[key] for key in fields if fields[key] is not ...}).encode()


def sealed(inside: str) -> bytes:
    """A line of these members with the id that fits."""
    id = sha256(f"{{{inside}}}".encode()).hexdigest()[:16]
    return f'{{"id":"{id}",{inside}}}'.encode()


def damage(raw: bytes) -> str:
    with pytest.raises(NotationError) as caught:
        read_line(raw)
    return caught.value.message


def test_what_is_not_applicable_is_a_null_that_says_so() -> None:
    record = Record("mrr", read_period("2026-07"), None, AT, by="ana", note="closed", skip=True)
    line, id = write_line(record)
    assert line == (
        b'{"id":"%s","kpi":"mrr","period":"2026-07","value":null,"skip":true,'
        b'"at":"2026-11-02T08:15:30.123456Z","by":"ana","note":"closed"}\n' % id.encode()
    )
    assert usual_lines(line[:-1])[0][3] == 'null,"skip":true', "read as fast as any other"
    assert read_line(line[:-1]).record("mrr") == record._replace(id=id)


@pytest.mark.parametrize(
    ("changes", "skip"),
    [
        ({"value": None, "skip": True}, True),
        ({"value": None, "skip": False}, False),
        ({"value": None, "skip": "true"}, False),
        ({"value": None, "skip": 1}, False),
        ({"value": 5, "skip": True}, False),
        ({"value": None}, False),
    ],
)
def test_only_a_null_that_says_so_in_so_many_words_is_not_applicable(
    changes: dict[str, object],
    skip: bool,  # noqa: FBT001 - of a table
) -> None:
    line = read_line(unsealed(**changes))
    assert (line.skip, line.decimal) == (skip, changes["value"])


def test_a_line_is_written_as_the_format_says() -> None:
    line, id = write_line(RECORD)
    assert line == (
        b'{"id":"%s","kpi":"mrr","period":"2026-10","value":480000.50,'
        b'"at":"2026-11-02T08:15:30.123456Z","by":"finance","note":"ok"}\n' % id.encode()
    )


def test_the_id_is_the_hash_of_the_line_without_it() -> None:
    line, id = write_line(RECORD)
    without = line.removesuffix(b"\n").replace(b'"id":"%s",' % id.encode(), b"")
    assert json.loads(without)["kpi"] == "mrr"
    assert id == sha256(without).hexdigest()[:16]


def test_what_is_empty_is_not_written() -> None:
    line, _ = write_line(RECORD._replace(value=None, by="", note=""))
    assert list(json.loads(line)) == ["id", "kpi", "period", "value", "at"]
    assert b'"value":null' in line


@pytest.mark.parametrize(
    "text", ['"', "\\", "\n", "\x7f", "\u2028", "é", "🟢", "\ud800", "</script>"]
)
def test_what_stands_in_a_note_stays_on_one_line(text: str) -> None:
    line, _ = write_line(RECORD._replace(note=text))
    assert line.count(b"\n") == 1
    assert read_line(line[:-1]).note == text


def test_a_record_that_is_too_long_is_refused() -> None:
    with pytest.raises(NotationError, match=r"longer than 65,536 bytes"):
        write_line(RECORD._replace(note="x" * LONGEST))


def test_the_longest_record_is_read_back() -> None:
    base = len(write_line(RECORD._replace(note="x"))[0]) - 1
    line, _ = write_line(RECORD._replace(note="x" * (LONGEST - base)))
    assert len(line) == LONGEST
    with pytest.raises(NotationError):
        write_line(RECORD._replace(note="x" * (LONGEST - base + 1)))


DECIMALS = st.decimals(
    min_value=-(10**18) + 1, max_value=10**18 - 1, places=12, allow_nan=False
) | st.integers(-(10**18) + 1, 10**18 - 1).map(Decimal)
PERIODS = st.sampled_from(["2026", "2026-Q4", "2026-11", "2026-W47", "2026-11-22"])
FIRST, LAST = datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2999-12-31")
INSTANTS = st.datetimes(FIRST, LAST).map(lambda at: f"{at.isoformat(timespec='microseconds')}Z")
RECORDS = st.builds(
    Record,
    kpi=st.from_regex(r"[a-z][a-z0-9_]{0,63}", fullmatch=True),
    period=PERIODS.map(read_period),
    value=st.none() | DECIMALS,
    at=INSTANTS,
    by=st.text(max_size=64),
    note=st.text(max_size=200) | st.text(st.characters(), max_size=50),
    id=st.just(""),
    unit=st.text(max_size=40),
    exact=st.none(),
    source=st.text(max_size=64),
    about=st.just(""),
    replaces=st.sampled_from(["", "none", "0123456789abcdef"]),
).map(lambda record: record._replace(skip=record.skip and record.value is None))
NOTES = st.builds(
    lambda record, about: record._replace(
        kpi=NOTE_ID, value=None, skip=False, about=about, replaces=""
    ),
    RECORDS,
    st.from_regex(r"[a-z][a-z0-9_]{0,63}", fullmatch=True),
)


@given(RECORDS | NOTES)
@example(RECORD._replace(at="2024-02-29T23:59:59.999999Z"))
def test_what_is_written_is_read_back(record: Record) -> None:
    line, id = write_line(record)
    found = read_line(line.removesuffix(b"\n"), 17, "kpis.jsonl")
    assert found.record(record.about or record.kpi) == record._replace(id=id)
    assert (found.file, found.number, found.is_sealed) == ("kpis.jsonl", 17, True)


@given(RECORDS)
def test_two_records_that_differ_have_two_ids(record: Record) -> None:
    assert write_line(record)[1] != write_line(record._replace(kpi=f"{record.kpi}_"))[1]


@pytest.mark.parametrize("typed", ["0.10", "-5", "100", "0", "0.000000000001"])
def test_the_digits_are_those_that_were_typed(typed: str) -> None:
    raw = unsealed(value=...)[:-1] + b',"value":%s}' % typed.encode()
    assert f"{read_line(raw).record('mrr').value:f}" == typed


@pytest.mark.parametrize("typed", ["-0", "-0.00"])
def test_zero_has_no_sign(typed: str) -> None:
    raw = unsealed(value=...)[:-1] + b',"value":%s}' % typed.encode()
    assert str(read_line(raw).record("mrr").value) == typed.removeprefix("-")


def test_every_flipped_bit_of_a_sealed_line_is_damage() -> None:
    raw = write_line(RECORD)[0].removesuffix(b"\n")
    for edited in _flipped(raw):
        with pytest.raises(NotationError):
            read_line(edited)


def test_every_byte_that_is_left_out_of_a_sealed_line_is_damage() -> None:
    raw = write_line(RECORD._replace(note="one  two"))[0].removesuffix(b"\n")
    for at in range(len(raw)):
        with pytest.raises(NotationError):
            read_line(raw[:at] + raw[at + 1 :])


def _flipped(raw: bytes) -> Iterator[bytes]:
    for at in range(len(raw)):
        for bit in range(8):
            yield raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :]


def test_an_unsealed_line_has_the_hash_of_its_bytes_for_an_id() -> None:
    raw = unsealed()
    found = read_line(raw)
    assert (found.id, found.is_sealed) == (sha256(raw).hexdigest()[:16], False)
    assert read_line(raw + b" ").id != found.id


def test_an_unsealed_line_may_be_spaced_and_ordered_as_one_likes() -> None:
    raw = b' { "at" : "%s", "value" : -1.50 ,\t"period":"2026-10","kpi":"mrr" } ' % AT.encode()
    found = read_line(raw, 3, "kpis.jsonl")
    line = LogLine("mrr", "2026-10", AT, found.id, "-1.50", number=3, file="kpis.jsonl")
    assert found == line._replace(is_sealed=False)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-11-02T08:15:30Z", "2026-11-02T08:15:30.000000Z"),
        ("2026-11-02T09:00:00.5Z", "2026-11-02T09:00:00.500000Z"),
        ("2026-11-02T09:00:00.1234567899Z", "2026-11-02T09:00:00.123456Z"),
        ("2026-11-02T11:00:00+02:00", "2026-11-02T09:00:00.000000Z"),
        ("2026-11-02T00:30:00-05:30", "2026-11-02T06:00:00.000000Z"),
        ("2026-01-01T01:00:00+02:00", "2025-12-31T23:00:00.000000Z"),
        ("2026-11-02t08:15:30z", "2026-11-02T08:15:30.000000Z"),
        ("2026-11-02T08:15:30-00:00", "2026-11-02T08:15:30.000000Z"),
    ],
)
def test_an_unsealed_line_has_any_time_with_its_offset(written: str, instant: str) -> None:
    assert read_line(unsealed(at=written)).at == instant


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-02T08:15:30",
        "2026-11-02",
        "2026-11-02T08:15Z",
        "2026-11-02 08:15:30Z",
        "2026-11-02T08:15:60Z",
        "2026-11-02T24:00:00Z",
        "2026-02-30T08:15:30Z",
        "2026-13-02T08:15:30Z",
        "2026-11-02T08:15:30+24:00",
        "2026-11-02T08:15:30.Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "2026-11-02T08:15:30Z\n",
        "٢٠٢٦-11-02T08:15:30Z",
        "",
        5,
        None,
        ...,
    ],
)
def test_a_time_that_is_none_is_damage(written: object) -> None:
    assert damage(unsealed(at=written)).startswith("at ")


@pytest.mark.parametrize("at", ["2026-11-02T08:15:30Z", "2026-11-02T08:15:30.123456+00:00"])
def test_a_sealed_line_has_six_decimals_and_z(at: str) -> None:
    raw = sealed(f'"kpi":"mrr","period":"2026-10","value":5,"at":"{at}"')
    assert damage(raw) == "at must be UTC, as in 2026-11-02T08:15:30.123456Z"


def test_a_sealed_line_may_be_written_by_another_program() -> None:
    raw = sealed(
        f'"note":"\\u00e9\\"","kpi":"mrr", "period":"2026-10","value":5,"at":"{AT}","x":[1]'
    )
    found = read_line(raw)
    assert (found.note, found.kpi, found.is_sealed) == ('é"', "mrr", True)


def test_other_keys_are_passed_over() -> None:
    found = read_line(unsealed(source="crm", by="me", nested={"kpi": "x", "value": [1e9]}))
    assert (found.kpi, found.value, found.by) == ("mrr", "5", "me")


NOT_PLAIN = "value must be a plain decimal number"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"hello", "not a JSON object"),
        (b"", "not a JSON object"),
        (b"\0" * 100, "not a JSON object"),
        (b"[]", "not a JSON object"),
        (b"5", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"kpi":"mrr"', "not a JSON object"),
        (unsealed() + b"x", "not a JSON object"),
        (unsealed() + unsealed(), "not a JSON object"),
        (b"\xef\xbb\xbf" + unsealed(), "not a JSON object"),
        (unsealed(note="x\ty").replace(b"\\t", b"\t"), "not a JSON object"),
        (b'{"kpi":"\xff"}', "not UTF-8"),
        (b'{"kpi":"\xed\xa0\x80"}', "not UTF-8"),
        (b"[" * 60_000, "nested too deeply"),
        (b'{"a":' * 10_000, "nested too deeply"),
        (b'{"value":"1","value":"2"}', "duplicate key 'value'"),
        (b'{"value":"1","v\\u0061lue":"2"}', "duplicate key 'value'"),
        (b'{"x":{"a":1,"a":2}}', "duplicate key 'a'"),
        (b'{"\\u001b":1,"\\u001b":2}', "duplicate key '\\x1b'"),
        (unsealed(kpi=...), "kpi must be the id of a KPI"),
        (unsealed(kpi=5), "kpi must be the id of a KPI"),
        (unsealed(kpi="MRR"), "kpi must be the id of a KPI"),
        (unsealed(kpi="../x"), "kpi must be the id of a KPI"),
        (unsealed(kpi="a" * 65), "kpi must be the id of a KPI"),
        (unsealed(period=...), "period must be text, such as 2026-11"),
        (unsealed(period=2026), "period must be text, such as 2026-11"),
        (unsealed(period="2026-13"), "'2026-13': months run from 01 to 12"),
        (unsealed(period="2025-W53"), "'2025-W53': 2025 has 52 ISO weeks"),
        (unsealed(period="2026-06\n"), "'2026-06\\x0a' is not a period"),
        (unsealed(value=...), NOT_PLAIN),
        (unsealed(value="5"), NOT_PLAIN),
        (unsealed(value=True), NOT_PLAIN),
        (unsealed(value=[5]), NOT_PLAIN),
        (unsealed(value=1e300), NOT_PLAIN),
        (unsealed(value=10**18), NOT_PLAIN),
        (unsealed(value=float("nan")), NOT_PLAIN),
        (unsealed(value=float("inf")), NOT_PLAIN),
        (unsealed(value=float("-inf")), NOT_PLAIN),
        (unsealed(value=5).replace(b"5,", b"1e400,"), NOT_PLAIN),
        (unsealed(value=5).replace(b"5,", b"0.1234567890123,"), NOT_PLAIN),
        (unsealed(by=5), "by must be text of at most 64 characters"),
        (unsealed(by=None), "by must be text of at most 64 characters"),
        (unsealed(by="x" * 65), "by must be text of at most 64 characters"),
        (unsealed(note=["x"]), "note must be text of at most 2,000 characters"),
        (unsealed(note="é" * 2001), "note must be text of at most 2,000 characters"),
        (unsealed(id="x"), "the id must come first, as kpi writes it"),
        (
            unsealed()[:-1] + b',"\\u0069d":"0123456789abcdef"}',
            "the id must come first, as kpi writes it",
        ),
        (b'{"id":5,' + unsealed()[1:], "the id must come first, as kpi writes it"),
        (
            b'{"id":"0123456789ABCDEF",' + unsealed()[1:],
            "the id must come first, as kpi writes it",
        ),
        (
            b' {"id":"0123456789abcdef",' + unsealed()[1:],
            "the id must come first, as kpi writes it",
        ),
        (
            b'{"id":"0123456789abcdef",' + unsealed()[1:],
            "record changed after it was written (id 0123456789abcdef does not match)",
        ),
        (
            b'{"id":"0123456789abcdef","kpi":"mrr","period":"2026-10","value":5,"at":"%s"}'
            % AT.encode(),
            "record changed after it was written (id 0123456789abcdef does not match)",
        ),
    ],
)
def test_damage_is_named(raw: bytes, reason: str) -> None:
    assert damage(raw) == reason


def test_two_ids_are_damage() -> None:
    twice = write_line(RECORD)[0].replace(b',"kpi"', b',"id":"0123456789abcdef","kpi"')
    assert damage(twice[:-1]) == "duplicate key 'id'"


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.text(), st.lists).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_read_or_named_as_damage(raw: bytes) -> None:
    with suppress(NotationError):
        read_line(raw)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "id": st.text(max_size=16),
            "kpi": st.sampled_from(["mrr", "", 5]),
            "period": st.sampled_from(["2026", "2026-10", "x", None]),
            "value": st.none() | st.floats() | st.integers() | st.text(max_size=2),
            "at": INSTANTS | st.text(max_size=20),
            "by": st.text(st.characters(), max_size=70),
            "note": st.text(st.characters(), max_size=20),
        },
    )
)
def test_what_is_read_from_an_editor_can_be_written_sealed(fields: dict[str, object]) -> None:
    try:
        found = read_line(json.dumps(fields).encode())
    except NotationError:
        return
    record = found.record(found.kpi)
    line, id = write_line(record)
    assert read_line(line[:-1]) == found._replace(id=id, is_sealed=True, value=_digits(record))


def _digits(record: Record) -> str:
    return "null" if record.value is None else f"{record.value:f}"


def test_a_unit_stands_behind_the_value() -> None:
    line, _ = write_line(RECORD._replace(unit="kr"))
    assert re.search(rb'"value":[0-9.]+,"unit":"kr","at":', line)
    assert [usual[4] for usual in usual_lines(line.removesuffix(b"\n"))] == ["kr"]


@pytest.mark.parametrize("unit", ["5", '["h"]', "null", f'"{"x" * 41}"'])
def test_what_is_no_unit_of_kpis_own_is_passed_over(unit: str) -> None:
    line = f'{{"kpi":"mrr","period":"2026-10","value":1,"unit":{unit},"at":"{AT}"}}'
    assert read_line(line.encode()).unit == ""


def test_a_line_of_many_keys_takes_no_longer_for_a_key_that_stands_twice() -> None:
    keys = ",".join(f'"k{number}":1' for number in range(30_000))
    start = process_time()
    with pytest.raises(NotationError, match="duplicate key 'k29999'"):
        read_object(f'{{{keys},"k29999":1}}')
    assert process_time() - start < 1


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param('"value":null', id="about nothing"),
        pytest.param('"value":null,"about":"No id"', id="about no id"),
        pytest.param('"value":5,"about":"mrr"', id="with a value"),
    ],
)
def test_what_stands_as_a_note_and_is_none_is_damaged(fields: str) -> None:
    line = f'{{"kpi":"kpi_note","period":"2026-10",{fields},"at":"{AT}"}}'
    with pytest.raises(NotationError, match="a note must be about a KPI, with null as its value"):
        read_line(line.encode())


def test_of_a_record_that_is_no_note_about_says_nothing() -> None:
    line = f'{{"kpi":"mrr","period":"2026-10","value":5,"at":"{AT}","about":"x"}}'
    assert read_line(line.encode()).about == ""
