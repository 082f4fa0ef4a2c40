"""Names of the code: nouns of the field, one meaning a word, docstrings that stand alone."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tests.house import FILES, ROOT, nodes_of, tree_of

VAGUE = re.compile(
    "_*(ones?|others?|another|its?|this|that|these|those|some|any|each|all|both|none|what|which"
    "|who|whom|whose|when|there|asked|called|chosen|counted|done|drawn|found|given|gone|got"
    "|handed|held|judged|kept|known|left|listed|made|meant|named|picked|placed|put|recorded|said"
    "|seen|shown|taken|told|wanted|written)_*",
    re.IGNORECASE,
)
"""Pronouns and participles: names that say nothing of what they are."""

SHAPES = frozenset({"run", "check", "render", "takes", "read", "rows", "looks_like", "connect"})
"""Functions that every member of a board has."""

BOARDS = frozenset({"commands", "rules", "formats", "sources"})

_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def test_a_name_is_no_pronoun_and_no_participle() -> None:
    """Of all bindings but those of comprehensions of at most two lines."""
    vague: dict[str, list[str]] = {}
    count = 0
    for file in FILES:
        names = list(_bindings(nodes_of(file)))
        count += len(names)
        offenders = [name for name in names if VAGUE.fullmatch(name)]
        if offenders:
            vague[str(file.relative_to(ROOT))] = offenders
    worst = sorted(vague.items(), key=lambda offenders: -len(offenders[1]))
    report = [f"{len(names):4} {path}: {_counted(names)}" for path, names in worst[:25]]
    share = sum(map(len, vague.values())) / count
    assert share < 0.02, "\n".join([f"{share:.1%} of {count} names:", *report])


def test_a_class_has_one_meaning() -> None:
    homonyms = _homonyms(ast.ClassDef)
    assert homonyms == {}


def test_a_function_has_one_meaning() -> None:
    homonyms = _homonyms(ast.FunctionDef)
    assert len(homonyms) <= 3, homonyms


def test_no_docstring_hangs_on_another() -> None:
    offenders = [
        f"{file.relative_to(ROOT)}: {docstring.splitlines()[0]}"
        for file in FILES
        for node in nodes_of(file)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and (docstring := ast.get_docstring(node) or "").startswith("The same")
    ]
    assert offenders == []


def _counted(names: list[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in Counter(names).most_common())


def _bindings(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The names of functions, classes, arguments and of whatever is assigned to."""
    short = {
        id(name)
        for node in nodes
        if isinstance(node, _Comprehension) and (node.end_lineno or 0) - node.lineno < 2
        for generator in node.generators
        for name in ast.walk(generator.target)
    }
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif (
            isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in short
        ):
            yield node.id


def _homonyms(kind: type[ast.ClassDef | ast.FunctionDef]) -> dict[str, list[str]]:
    """Public names at the top of two modules, but for what every member of a board has."""
    homes = defaultdict(set)
    for file in FILES:
        shapes = SHAPES if file.parent.name in BOARDS else frozenset[str]()
        names = [node.name for node in tree_of(file).body if isinstance(node, kind)]
        for name in names:
            if not name.startswith("_") and name not in shapes:
                homes[name].add(str(file.relative_to(ROOT)))
    return {name: sorted(files) for name, files in sorted(homes.items()) if len(files) > 1}
