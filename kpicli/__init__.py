"""kpi: KPIs with targets, early warning and a SMART linter, in your terminal."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpicli.analysis.forecast import Forecast, forecast
    from kpicli.board import Board, load
    from kpicli.errors import KpiError
    from kpicli.model.status import Status
    from kpicli.rows import Rows

__version__ = "0.3.0"
__all__ = ["Board", "Forecast", "KpiError", "Rows", "Status", "__version__", "forecast", "load"]

_HOMES = {
    "Board": "kpicli.board",
    "Forecast": "kpicli.analysis.forecast",
    "KpiError": "kpicli.errors",
    "Rows": "kpicli.rows",
    "Status": "kpicli.model.status",
    "forecast": "kpicli.analysis.forecast",
    "load": "kpicli.board",
}
"""Where each public name lives; it is imported when it is first asked for."""


if not TYPE_CHECKING:  # a checker is to see the names above, and no others

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module 'kpicli' has no attribute '{name}'")
        found = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return found


def __dir__() -> list[str]:
    return __all__
