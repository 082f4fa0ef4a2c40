"""The picture of the README: what `kpi status` draws on a terminal, as an SVG that Rich exports."""

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from tests.installed import environment

COLUMNS = 92
_NO_DOWNLOADS = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
_COMMAND = ["--file", "kpis.example.toml", "status", "--as-of", "2026-11-05"]


def picture(root: Path) -> str:
    """The SVG of the example's table, the same bytes every time."""
    kpi = Path(sys.executable).parent / "kpi"
    drawn = subprocess.run(
        [kpi, *_COMMAND, "--format", "terminal", "--color", "always"],
        capture_output=True,
        check=True,
        cwd=root,
        env=environment(
            root, {"COLUMNS": str(COLUMNS), "XDG_CACHE_HOME": None, "HOME": "/nowhere"}
        ),
    )
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text("$ kpi status", style="bold"))
    console.print(Text.from_ansi(drawn.stdout.decode()))
    return console.export_svg(title="kpi", code_format=_NO_DOWNLOADS, unique_id="kpi")


if __name__ == "__main__":
    sys.stdout.write(picture(Path(__file__).parent.parent))
