"""`kpi check` on a board that exists: a baseline, settings, corrections, several files."""

import json
from pathlib import Path

import pytest

from tests.commands.judged import FAULTY, SOUND, checked, found
from tests.installed import Kpi

BARE = """\
# keep me
[kpis.falls]
name = "Patient falls"   # on wards
target="15 falls"

[kpis.wait]
name = "Waiting time"
frequency = "weekly"
target = 20

[kpis.complaints]
name = 'Complaints'
frequency = "monthly"
targets = { "2026-01" = 9, "2026-07" = 8 }
"""
CORRECTED = """\
# keep me
[kpis.falls]
frequency = "monthly"
name = "Patient falls"   # on wards
target="<=15 falls"

[kpis.wait]
name = "Waiting time"
frequency = "weekly"
target = "<=20"

[kpis.complaints]
direction = "lower"
name = 'Complaints'
frequency = "monthly"
targets = { "2026-01" = 9, "2026-07" = 8 }
"""
SOME = ("--select", "M03,T01,A01")


@pytest.fixture
def board(tmp_path: Path) -> Path:
    file = tmp_path / "kpis.toml"
    file.write_text(BARE)
    return file


class TestBaseline:
    def test_what_is_known_passes_and_what_is_new_fails(self, kpi: Kpi, board: Path) -> None:
        run = checked(kpi, *SOME, "--baseline", "known", "--write-baseline")
        assert (run.code, run.out, run.err) == (0, "", "known: 7 findings written\n")
        run = checked(kpi, *SOME, "--baseline", "known")
        assert (run.code, run.out) == (0, "")
        assert run.err == "7 known findings left out by known, nothing new\n"
        known = board.with_name("known")
        known.write_text(f"\ufeff{known.read_text()}")
        board.write_text("\n\n" + BARE + '[kpis.new]\nname = "New"\nfrequency = "daily"\n')
        run = checked(kpi, *SOME, "--baseline", "known")
        assert (run.code, found(run)) == (1, ["A01"])

    @pytest.mark.usefixtures("board")
    def test_it_reads_alike_from_any_folder(self, kpi: Kpi, tmp_path: Path) -> None:
        checked(kpi, *SOME, "--baseline", "known", "--write-baseline")
        assert (tmp_path / "known").read_text().splitlines()[1:3] == [
            "kpis.toml A01 kpis.complaints",
            "kpis.toml A01 kpis.falls",
        ]
        (tmp_path / "inside").mkdir()
        run = kpi(
            *("-f", str(tmp_path / "kpis.toml"), "check", "--as-of", "2026-11-05", *SOME),
            *("--baseline", str(tmp_path / "known")),
        )
        assert run.code == 0

    @pytest.mark.parametrize(
        ("args", "message"),
        [
            (["--write-baseline"], "kpi: error: --write-baseline needs the file\n"),
            (["--baseline", "gone"], "gone: No such file or directory\n"),
            (["--baseline", "kpis.toml"], "kpis.toml: is no baseline: it has '"),
            (["--baseline", "kpis.toml", "--write-baseline"], "kpis.toml: is one of kpi's own"),
        ],
    )
    @pytest.mark.usefixtures("board")
    def test_a_file_that_cannot_be_meant_is_refused(
        self, args: list[str], message: str, kpi: Kpi
    ) -> None:
        run = checked(kpi, *args)
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith(message)


class TestFailOn:
    @pytest.mark.parametrize(
        ("severity", "codes"), [("error", [1, 0, 0]), ("warning", [1, 1, 0]), ("advice", [1, 1, 1])]
    )
    @pytest.mark.usefixtures("board")
    def test_what_is_as_grave_fails(self, severity: str, codes: list[int], kpi: Kpi) -> None:
        runs = [
            checked(kpi, "--select", code, "--fail-on", severity) for code in SOME[1].split(",")
        ]
        assert [runs[0].code, runs[2].code, runs[1].code] == codes

    def test_another_word_is_refused(self, kpi: Kpi, board: Path) -> None:
        board.write_text(SOUND)
        run = checked(kpi, "--fail-on", "warn")
        assert (run.code, run.err.splitlines()[-1]) == (2, "hint: did you mean 'warning'?")

    def test_before_anything_is_found(self, kpi: Kpi, board: Path) -> None:
        board.write_text(FAULTY)
        run = checked(kpi, "--fail-on", "warn")
        assert (run.code, run.out) == (2, "")


class TestSettings:
    @pytest.mark.parametrize(
        ("settings", "codes"),
        [
            ('select = ["A01"]', ["A01"]),
            ('select = ["S,R"]\nignore = ["vague_name"]', ["R01"]),
            ('ignore = ["S", "M", "A", "T"]', ["R01"]),
        ],
    )
    def test_rules_are_chosen(self, settings: str, codes: list[str], kpi: Kpi, board: Path) -> None:
        board.write_text(f"[check]\n{settings}\n{FAULTY}")
        assert found(checked(kpi)) == codes

    def test_a_flag_goes_before_them(self, kpi: Kpi, board: Path) -> None:
        board.write_text(f'[check]\nselect = ["A01"]\nignore = ["R01"]\n{FAULTY}')
        assert found(checked(kpi, "--select", "R01")) == ["R01"]

    def test_a_rule_weighs_what_they_say(self, kpi: Kpi, board: Path) -> None:
        board.write_text(f'[check.severity]\nno_owner = "advice"\nR01 = "error"\n{FAULTY}')
        rows = json.loads(checked(kpi, "--select", "A01,R01", "--json").out)["findings"]
        assert {row["code"]: row["severity"] for row in rows} == {"R01": "error", "A01": "advice"}

    @pytest.mark.parametrize(("most", "count"), [(2, 1), (3, 0)])
    def test_so_many_may_stand_at_the_top_or_beneath(
        self, most: int, count: int, kpi: Kpi, board: Path
    ) -> None:
        beneath = "".join(f'[kpis.b{at}]\nsupports = "falls"\n' for at in range(3))
        board.write_text(f"[check]\ntop_level = {most}\nbeneath = {most}\n{BARE}{beneath}")
        assert found(checked(kpi, "--select", "R03")) == ["R03"] * count
        assert found(checked(kpi, "--select", "R04")) == ["R04"] * count

    @pytest.mark.parametrize(
        ("settings", "codes"),
        [
            ("", ["M03"]),
            ('burdens = ["quibbits"]', ["M03", "M03"]),
            ('burdens = ["quibbits"]\nfine = ["site quibbits", "Falls"]', []),
        ],
    )
    def test_words_of_their_own_count(
        self, settings: str, codes: list[str], kpi: Kpi, board: Path
    ) -> None:
        kpis = (
            '[kpis.a]\nname = "Site quibbits"\ntarget = 5\n[kpis.b]\nname = "Falls"\ntarget = 5\n'
        )
        board.write_text(f"[check]\n{settings}\n{kpis}")
        assert found(checked(kpi, "--select", "M03")) == codes

    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            ('select = ["S99"]', "kpis.toml:2: check.select: unknown rule 'S99'"),
            ('severity = { S99 = "error" }', "kpis.toml:2: check.severity: unknown rule 'S99'"),
            ('severity = { S01 = "grave" }', "kpis.toml:2: check.severity.S01: expected one of"),
            ("beneath = 0", "kpis.toml:2: check.beneath: must be a number from 1 to 1,000"),
            ("selct = []", "kpis.toml:2: check.selct: unknown key 'selct'"),
        ],
    )
    def test_what_means_nothing_is_refused(
        self, settings: str, message: str, kpi: Kpi, board: Path
    ) -> None:
        board.write_text(f"[check]\n{settings}\n{SOUND}")
        run = checked(kpi)
        assert (run.code, run.out) == (2, "")
        assert run.err.startswith(message)


class TestCorrections:
    def test_the_difference_is_shown_and_nothing_written(self, kpi: Kpi, board: Path) -> None:
        run = checked(kpi, "--diff")
        assert (run.code, board.read_text()) == (1, BARE)
        changes = [line for line in run.out.splitlines()[2:] if line[0] in "+-"]
        assert changes == [
            '+frequency = "monthly"',
            '-target="15 falls"',
            '+target="<=15 falls"',
            "-target = 20",
            '+target = "<=20"',
            '+direction = "lower"',
        ]

    def test_what_is_certain_is_written_and_no_other_byte(self, kpi: Kpi, board: Path) -> None:
        before = board.read_text()
        for option in ("--fields", "--baseline"):
            assert checked(kpi, "--fix", *SOME, option, "nope").code == 2
        assert board.read_text() == before
        run = checked(kpi, "--fix", *SOME)
        assert board.read_text() == CORRECTED
        assert run.err == "kpis.toml: 4 lines corrected\n"
        assert found(run) == ["A01"] * 3
        run = checked(kpi, "--fix", *SOME)
        assert run.err == "kpis.toml: nothing that is certain\n"
        assert checked(kpi, "--diff").code == 0

    @pytest.mark.parametrize(
        ("head", "filled"),
        [
            ("# ours\n", '# ours\n[defaults]\nfrequency = "monthly"\n\n'),
            (
                'title = "T"\n\n# the sea\n',
                'title = "T"\n\n[defaults]\nfrequency = "monthly"\n\n# the sea\n',
            ),
            ('[defaults]\nowner = "A"\n\n', '[defaults]\nfrequency = "monthly"\nowner = "A"\n\n'),
            ('defaults = { owner = "A" }\n', 'defaults = { frequency = "monthly", owner = "A" }\n'),
            ("defaults = {}\n", 'defaults = { frequency = "monthly" }\n'),
            (
                'defaults.owner = "A"\ndefaults.unit = "kr"\n',
                'defaults.frequency = "monthly"\ndefaults.owner = "A"\ndefaults.unit = "kr"\n',
            ),
        ],
        ids=[
            "at the top",
            "before the first table",
            "in the defaults that there are",
            "in defaults of one line",
            "in empty defaults",
            "in defaults of dotted lines",
        ],
    )
    def test_what_several_lack_is_written_once(
        self, head: str, filled: str, kpi: Kpi, board: Path
    ) -> None:
        tables = '[kpis.a]\nname = "Sales"\n[kpis.b]\nname = "Orders"\n'
        board.write_text(head + tables)
        run = checked(kpi, "--fix", "--select", "T01")
        assert (run.code, run.err) == (
            0,
            "kpis.toml: 1 line corrected\n2 KPIs, 1 rule: nothing found\n",
        )
        assert board.read_text() == filled + tables

    def test_lines_may_end_as_on_windows(self, kpi: Kpi, board: Path) -> None:
        board.write_bytes(BARE.replace("\n", "\r\n").encode())
        checked(kpi, "--fix")
        assert board.read_bytes() == CORRECTED.replace("\n", "\r\n").encode()

    @pytest.mark.parametrize(
        "text",
        ['[defaults]\ntarget = "5"\n[kpis.a]\nname = "Complaints"\nfrequency = "daily"\n'],
        ids=["a target of the defaults"],
    )
    def test_what_is_written_in_no_one_place_stays(self, text: str, kpi: Kpi, board: Path) -> None:
        board.write_text(text)
        checked(kpi, "--fix")
        assert board.read_text() == text

    def test_a_kpi_in_one_line_gets_its_key_there(self, kpi: Kpi, board: Path) -> None:
        table = '{ name = "Complaints", frequency = "daily", targets = { "2026-01" = 5 } }'
        board.write_text(f"[kpis]\na = {table}\n")
        checked(kpi, "--fix", "--select", "M03")
        assert board.read_text() == f'[kpis]\na = {{ direction = "lower", {table[2:]}\n'

    def test_only_those_that_are_named(self, kpi: Kpi, board: Path) -> None:
        checked(kpi, "wait", "--fix")
        assert board.read_text() == BARE.replace("target = 20", 'target = "<=20"')


class TestSeveralFiles:
    def test_each_finding_names_its_file(self, kpi: Kpi, board: Path) -> None:
        board.with_name("other.toml").write_text(FAULTY)
        run = checked(kpi, "kpis.toml", "other.toml", "--select", "S01,M03")
        places = [line.partition(": ")[0] for line in run.out.splitlines()]
        assert places == ["kpis.toml:4:1", "kpis.toml:9:1", "kpis.toml:14:1", "other.toml:15:1"]
        answer = json.loads(checked(kpi, "kpis.toml", "other.toml", "--json").out)
        assert answer["file"] == ["kpis.toml", "other.toml"]

    def test_one_that_fails_is_enough(self, kpi: Kpi, board: Path) -> None:
        board.with_name("sound.toml").write_text(SOUND)
        assert checked(kpi, "sound.toml").code == 0
        assert checked(kpi, "sound.toml", "kpis.toml").code == 1

    def test_a_card_is_of_one(self, kpi: Kpi, board: Path) -> None:
        board.with_name("other.toml").write_text(FAULTY)
        run = checked(kpi, "kpis.toml", "other.toml", "--card")
        assert (run.code, run.out) == (2, "")


FOREIGN = [
    "Liczba skarg",
    "Zadowolenie klientów",
    "Średni czas oczekiwania",
    "Absencja chorobowa",
    "Rotacja pracowników",
]


class TestForeignNames:
    def test_rules_that_go_by_words_are_silent_and_that_is_said(
        self, kpi: Kpi, board: Path
    ) -> None:
        board.write_text(
            "".join(
                f'[kpis.k{at}]\nname = "{name}"\ntarget = 5\n' for at, name in enumerate(FOREIGN)
            )
        )
        run = checked(kpi, "--select", "S01,S02,M02,M03,A01")
        assert found(run) == ["A01"]
        assert "in a language that kpi has no words of" in run.err
        card = json.loads(checked(kpi, "--card", "--select", "S02,M02", "--json").out)["card"]
        assert {row["silent"] for row in card} == {True}

    def test_names_that_are_read_are_nothing_to_speak_of(self, kpi: Kpi, board: Path) -> None:
        board.write_text(FAULTY)
        assert "language" not in checked(kpi).err
        assert "Norwegian, Spanish and Swedish" in kpi("rules", "--markdown").out
