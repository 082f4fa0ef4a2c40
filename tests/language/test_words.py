"""The words of the users' languages, as the files of `language/words` have them."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import kpicli
from kpicli.plugins import split, word_files, words

LANGUAGES = ["da", "de", "en", "es", "fr", "nb", "sv"]
WHOLE = {
    "abbreviations",
    "durations",
    "key_words",
    "sizes",
    "synonyms",
}  # tables that are read as one
COLUMNS = [
    *("credit", "currency", "debit", "forecast", "kpi", "note", "period"),
    *("target", "total", "unit", "value", "void"),
]


def test_words_and_phrases_are_parted_by_commas_and_line_ends() -> None:
    assert split("\n    date, month ending,\n    as of\n") == ("date", "month ending", "as of")


@pytest.mark.parametrize("concept", ["months", "percent", "sizes", "columns"])
def test_every_language_has_what_numbers_and_tables_are_read_by(concept: str) -> None:
    assert sorted(words(concept)) == LANGUAGES


def test_a_concept_that_no_language_has_is_empty() -> None:
    assert words("colours of unicorns") == {}


def test_a_month_is_the_same_in_every_language_that_has_its_name() -> None:
    months = {
        (name, at)
        for spellings in words("months").values()
        for at, names in enumerate(spellings, 1)
        for name in split(names)
    }
    assert {at for _, at in months} == set(range(1, 13))
    assert [name for name, count in Counter(name for name, _ in months).items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_has_one_meaning_in_a_language(language: str) -> None:
    columns = words("columns")[language]
    assert sorted(columns) == COLUMNS
    names = [name for spellings in columns.values() for name in split(spellings)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sizes_are_four_and_apart(language: str) -> None:
    sizes = words("sizes")[language]
    assert list(sizes) == ["thousand", "million", "billion", "trillion"]
    names = [name for spellings in sizes.values() for name in split(spellings)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_concept_is_asked_for_by_the_code(language: str) -> None:
    code = "".join(path.read_text() for path in Path(kpicli.__file__).parent.rglob("*.py"))
    asked = set(re.findall(r"[a-z]+\.[a-z_]+", code)) | set(re.findall(r'"[a-z_]+"', code))
    concepts = [
        (table, key)
        for table, keys in tomllib.loads(word_files()[language]).items()
        if isinstance(keys, dict) and table not in WHOLE
        for key in keys
    ]
    assert [pair for pair in concepts if asked.isdisjoint((".".join(pair), f'"{pair[1]}"'))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_read_as_toml(language: str) -> None:
    tables = tomllib.loads(word_files()[language])
    if "synonyms" in tables and "forms" in tables["synonyms"]:
        tables["synonyms.forms"] = tables["synonyms"].pop("forms")
    assert {concept: words(concept)[language] for concept in tables} == tables
