"""Twenty lines of the code, drawn at random, whose rooms a reader of the plan should know.

`python -m tests.blind_lines` prints them without their paths (seed 20261129), and with `--rooms`
the file of each beside it. Drawn are lines of statements that hold a name of the code's own; no
import, no docstring, no bracket alone.
"""

import ast
import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEED = 20261129
COUNT = 20
SHORTEST = 30


def candidates(path: Path) -> Iterator[str]:
    """The lines of a file that say something."""
    text = path.read_text()
    lines = text.splitlines()
    passed_over: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Expr | ast.Import | ast.ImportFrom):
            continue
        if not isinstance(node, ast.Expr) or isinstance(node.value, ast.Constant):
            passed_over.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for number, line in enumerate(lines, 1):
        if number not in passed_over and len(line.strip()) >= SHORTEST and line.strip()[0] != "#":
            yield line.strip()


def drawn(seed: int = SEED) -> list[tuple[str, str]]:
    """So many lines of all rooms, each with the file that it is from."""
    files = sorted((ROOT / "kpicli").rglob("*.py"))
    lines = [(line, str(file.relative_to(ROOT))) for file in files for line in candidates(file)]
    return random.Random(seed).sample(lines, COUNT)  # noqa: S311 - no secret


def main() -> None:
    """Print them, numbered."""
    for number, (line, file) in enumerate(drawn(), 1):
        room = f"      {file}\n" if "--rooms" in sys.argv else ""
        sys.stdout.write(f"{number:>2}  {line}\n{room}")


if __name__ == "__main__":
    main()
