"""The tree of the house in its README, from the docstrings: `python -m tests.house_tree` writes it.

A room and a module have a line each, the first of their docstring; members of the board of rules
are named alone, since `kpi rules` lists them.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import wrap

HOUSE = Path(__file__).parents[1] / "kpicli"
PAGE = HOUSE / "README.md"
BOARDS = {"commands", "rules", "formats", "sources", "topics", "words"}
"""Folders in which the product grows by files of one shape."""
DATA = {".toml", ".txt"}
"""What a room holds beside its modules."""

_BEGIN, _END = "```text\nkpicli/\n", "```\n"
_COLUMN = 31


def tree() -> str:
    """Every room and module, one phrase each."""
    return "".join(f"{line}\n" for line in _room(HOUSE, 0))


def written(page: str) -> str:
    """The page with the tree as it is."""
    before, _, rest = page.partition(_BEGIN)
    return f"{before}{_BEGIN}{tree()}{rest[rest.index(_END) :]}"


def _room(folder: Path, depth: int) -> Iterator[str]:
    modules = [file for file in sorted(folder.glob("*.py")) if file.stem != "__init__"]
    if folder.name == "rules":
        yield from _wrapped((file.stem for file in modules), depth)
    else:
        for file in modules:
            yield _line(depth, file.name, _phrase(file))
    if data := sorted(file.name for file in folder.iterdir() if file.suffix in DATA):
        yield from _wrapped(data, depth)
    for room in sorted(path for path in folder.iterdir() if path.is_dir()):
        if room.name != "__pycache__":
            mark = " ▣" if room.name in BOARDS and room.parent.name != "views" else ""
            init = room / "__init__.py"
            yield _line(depth, f"{room.name}/{mark}", _phrase(init) if init.exists() else "")
            yield from _room(room, depth + 1)


def _wrapped(names: Iterable[str], depth: int) -> list[str]:
    space = "    " * (depth + 1)
    return wrap(" ".join(names), 96, initial_indent=space, subsequent_indent=space)


def _line(depth: int, name: str, phrase: str) -> str:
    place = f"{'    ' * (depth + 1)}{name}"
    return f"{place:{_COLUMN}} {phrase}".rstrip()


def _phrase(file: Path) -> str:
    docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0].removesuffix(".")


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
