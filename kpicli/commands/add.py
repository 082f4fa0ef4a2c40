"""Add a KPI to the definitions: one of the catalogue, or your own."""

from typing import Annotated

from kpicli.catalogue.draft import (
    Draft,
    Existing,
    Table,
    Tables,
    catalogue_draft,
    draft_tables,
    input_ids,
    missing_keys,
    own_draft,
)
from kpicli.catalogue.load import template_with_inputs, terms
from kpicli.catalogue.lookup import closest_name, find_term, is_name_of, term
from kpicli.cli.definition_options import DefinitionOptions
from kpicli.cli.options import DayOptions, FileOptions, Text, argument, command, flag, switch
from kpicli.cli.output import DeclinedError, is_conversation, say, say_all, write
from kpicli.cli.prompts.answers import NOTHING_WRITTEN, is_yes
from kpicli.cli.prompts.kpi import Interview, ask_missing
from kpicli.cli.prompts.wish import KpiChoice, ask_kpi
from kpicli.environment import cache_folder
from kpicli.errors import Exit, KpiError
from kpicli.lint.engine import lint_definitions
from kpicli.model.finding import Finding, Severity
from kpicli.noun import NamedTuple
from kpicli.store.definitions.append import extend, extended
from kpicli.store.definitions.positions import Positions
from kpicli.store.definitions.read import (
    DefinitionsFile,
    content_of,
    defaults_of,
    load_definitions,
    read,
)
from kpicli.store.definitions.write import text_of
from kpicli.text import comma_list, safe
from kpicli.views.words import adding as views

EXAMPLES = """\
kpi add
kpi add cac --target "<900 kr" --owner "Head of Marketing" --goal growth
kpi add conversion_rate --target 3% --owner Ann --goal "A website that sells" --recorded
kpi add "Coffee quality" --target ">=8 points" --owner Kim --goal "Happy people"
kpi add wait --target "<5 min" --by 2026-12 --baseline "9 min" --start 2026-06 --owner Kim
kpi add "Cups per guest" --formula "cups / guests" --target 2 --owner Kim --goal growth
"""


class _Plan(NamedTuple):
    """What is to be written: the tables, all of the file with them, and what it then says."""

    tables: Tables
    content: bytes
    file: DefinitionsFile


@command
def run(
    words: Annotated[
        list[str] | None,
        argument(
            "[KPI]",
            "A term of the catalogue, or a name of your own; without it you are asked.",
            autocompletion=lambda: [template.id for template in terms()],
        ),
    ] = None,
    *,
    id: Annotated[Text, flag("ID", "The id; else made from the name.")] = None,
    keys: DefinitionOptions,
    recorded: Annotated[
        bool, switch("Record the number itself, not what it is computed from.")
    ] = False,
    dry_run: Annotated[bool, switch("Print what would be added.")] = False,
    yes: Annotated[bool, switch("Do not ask before it is written.", "--yes", "-y")] = False,
    files: FileOptions,
) -> int:
    """Add a KPI to the definitions: one of the catalogue, or your own.

    It is put at the end of the file, with what it is computed from beneath it; nothing else in the
    file is touched. On a terminal you are asked for what is missing.
    """
    path = files.path
    file = load_definitions(path, cache_folder())
    existing = Existing(file.definitions, defaults_of(file))
    wish = _kpi_choice(" ".join(words or ()).strip(), keys)
    draft = _draft(wish, keys.table(file.definitions, is_recorded=recorded), existing, id)
    _require_new(draft, file)
    lacking = missing_keys(draft, existing)
    if lacking and not is_conversation():
        message = f"missing {comma_list([f'--{key}' for key in lacking])}"
        raise KpiError(message, hint=views.flags(draft, lacking))
    if lacking:
        content = content_of(path)
        interview = Interview(existing, wish.purpose, lambda draft: _plan(draft, path, content))
        draft = ask_missing(draft, interview)
    plan = _plan(draft, path, content_of(path))
    if dry_run:
        write(text_of(plan.tables))
    elif not lacking or yes or _is_agreed(plan):
        _write(plan, draft, is_seen=bool(lacking))
    return Exit.FINE


def _kpi_choice(phrase: str, keys: DefinitionOptions) -> KpiChoice:
    """What is meant; a person is asked where it is not clear, and a likely slip is refused."""
    template = find_term(phrase, terms()) if phrase else None
    if template and is_name_of(template, phrase):
        return KpiChoice(template)
    is_own = bool(phrase) and bool(keys.definition or keys.formula)
    is_complete = keys.owner and (keys.supports or (keys.target and keys.goal))
    if is_conversation() and not is_own and (template or not is_complete):
        return ask_kpi(terms(), phrase)
    if template and not is_own:
        hint = f"kpi add {template.id}; a KPI of your own takes a --definition"
        message = f"'{safe(phrase[:80])}' is what some call {safe(template.full_name)}"
        raise KpiError(message, hint=hint)
    if not phrase:
        hint = "kpi add TERM --target …; kpi catalog lists the terms"
        raise KpiError("missing KPI", hint=hint)
    if not keys.definition and (close := closest_name(phrase, terms())):
        hint = f"did you mean '{close}'? A KPI of your own takes a --definition"
        raise KpiError(f"no term of the catalogue is called '{safe(phrase[:80])}'", hint=hint)
    return KpiChoice(None, phrase)


def _draft(wish: KpiChoice, keys: Table, existing: Existing, id: str | None) -> Draft:
    if wish.template:
        return catalogue_draft(
            wish.template, template_with_inputs(wish.template.id)[1:], keys, existing, id
        )
    name = str(keys.get("name") or wish.name)
    defined = {"definition": wish.definition} if wish.definition else {}
    return own_draft(name, {**defined, **keys}, existing, id)


def _require_new(draft: Draft, file: DefinitionsFile) -> None:
    if draft.id in file.definitions.ids:
        line, _ = Positions(file.text).of(("kpis", file.definitions.ids[draft.id]))
        hint = f"change it there, or add another: --id {draft.id[:60]}_2"
        raise KpiError(f"{draft.id} is already defined", where=f"{file.name}:{line}", hint=hint)


def _plan(draft: Draft, path: str, content: bytes) -> _Plan:
    """What becomes of a content of the file; raises `KpiError` for what would not load."""
    file = read(path, content)
    tables = draft_tables(draft, Existing(file.definitions, defaults_of(file)))
    return _Plan(tables, *extended(path, content, tables, cache_folder()))


def _is_agreed(plan: _Plan) -> bool:
    """Whether a person wants it, who has seen it and what `kpi check` says of it."""
    say("")
    say_all(map(safe, text_of(plan.tables).splitlines()))
    say("")
    say_all(views.check_lines(_findings(plan)) or views.NOTHING_FOUND)
    if not is_yes(views.write_question(plan.file.name)):
        raise DeclinedError(NOTHING_WRITTEN)
    return True


def _findings(plan: _Plan) -> list[Finding]:
    found = lint_definitions(plan.file.definitions, DayOptions().clock, term)
    return [one for one in found if one.path[1:2] and one.path[1] in plan.tables["kpis"]]


def _write(plan: _Plan, draft: Draft, *, is_seen: bool) -> None:
    """Put it into the file as that is now; what was seen is written as it was seen, or not."""
    path = plan.file.path

    def composed(content: bytes) -> bytes:
        now = _plan(draft, path, content)
        if is_seen and now.tables != plan.tables:
            message = f"{NOTHING_WRITTEN}: somebody changed the file in the meantime"
            raise KpiError(message, hint="run it again to see what it would be now")
        return now.content

    extend(path, composed)
    new = [plan.file.definitions.kpis[id] for id in plan.tables["kpis"]]
    beneath = [kpi.id for kpi in new if kpi.id != draft.id]
    used = [id for id in input_ids(draft) if id not in beneath]
    say(views.added_text(draft, plan.file.name, beneath, used))
    if not is_seen:
        say_all(
            views.check_lines(one for one in _findings(plan) if one.severity is not Severity.ADVICE)
        )
    say(views.next_step([kpi.id for kpi in new if not kpi.formula]))
