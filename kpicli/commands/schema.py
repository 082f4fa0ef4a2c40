"""Print the JSON Schema of kpis.toml, for editors."""

from kpicli.cli.options import command
from kpicli.cli.output import write
from kpicli.errors import Exit

EXAMPLES = """\
kpi schema > kpis.schema.json    # and on the first line of kpis.toml: #:schema ./kpis.schema.json
"""


@command
def run() -> int:
    """Print the JSON Schema of kpis.toml, for editors that complete and check TOML."""
    import json

    from kpicli.store.definitions.schema import json_schema

    write(f"{json.dumps(json_schema(), indent=2, ensure_ascii=False)}\n")
    return Exit.FINE
