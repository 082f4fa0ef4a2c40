"""kpi: KPIs with targets, early warning and a SMART linter, in your terminal."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpicli.analysis.forecast import Forecast, forecast

__version__ = "0.3.0"
__all__ = ["Forecast", "__version__", "forecast"]

_HOMES = {"Forecast": "kpicli.analysis.forecast", "forecast": "kpicli.analysis.forecast"}
"""Where each public name lives; it is imported when it is first asked for."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kpicli' has no attribute '{name}'")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return __all__
