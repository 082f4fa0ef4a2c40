"""How likely something is, in words."""


def chance_text(share: float) -> str:
    """`23%`, `under 1%`, `over 99%`; nothing but what is certain is 0% or 100%."""
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{round(100 * share)}%"
