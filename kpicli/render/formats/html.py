"""HTML: one page that stands alone, to be opened, mailed, printed or put on a wall."""

from collections.abc import Iterator, Sequence

from kpicli.render.canvas import Canvas
from kpicli.render.formats._places import is_any
from kpicli.render.html.markup import tag, text
from kpicli.render.html.sections import page_layout, section_markup
from kpicli.render.html.sheet import page
from kpicli.text import clipped, safe
from kpicli.views.parts.view import View

ENDINGS = ("html", "htm")
IS_MACHINE = True
takes = is_any


def render(view: View, _canvas: Canvas) -> Iterator[str]:
    """Heading, what a reader must know, a section for each heading beneath it, footer."""
    heading = safe(view.heading) or view.name.capitalize()
    yield page(heading, "".join(f"{part}\n" for part in _parts(view, heading)))


def _parts(view: View, heading: str) -> Iterator[str]:
    yield tag("h1", text(heading))
    yield from _paragraphs(view.warnings or (), "warning")
    yield from section_markup(page_layout(view))
    yield from _paragraphs([view.footer] if view.footer else [], "footer")


def _paragraphs(texts: Sequence[str], kind: str) -> Iterator[str]:
    return (tag("p", text(clipped(one)), class_=kind) for one in texts)
