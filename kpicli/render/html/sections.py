"""A section of a page: what stands beneath one heading, each block in its own kind of markup."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kpicli.render.html.cells import css_class, markup
from kpicli.render.html.chart import figure
from kpicli.render.html.markup import tag, text
from kpicli.render.html.tables import TableContext, table_markup
from kpicli.text import clipped, safe
from kpicli.views.parts.view import Block, Fields, Note, Table, View

_BRIEF = 6
"""Fields that stand beside a chart; more of them stand above it."""


class Section(NamedTuple):
    """Its number on the page, its heading, or nothing before the first, and its blocks."""

    number: int
    heading: str
    blocks: tuple[Block, ...]

    @property
    def id(self) -> str:
        """What a link to it names."""
        return f"s{self.number}"


class PageLayout(NamedTuple):
    """The sections of a page, and what leads from one to another: the name that heads just one.

    `folds` says whether tables that stand beside others are folded, as they are not all there is.
    """

    heading: str
    sections: tuple[Section, ...]
    links: Mapping[str, str]
    folds: bool

    def table_near(self, section: int, at: int) -> str | None:
        """What a link names to the first table after a block, else to the last before it."""
        tables = [
            (one.number, place)
            for one in self.sections
            for place, block in enumerate(one.blocks)
            if isinstance(block, Table)
        ]
        found = [place for place in tables if place > (section, at)][:1] or tables[-1:]
        return _table_id(*found[0]) if found else None


def page_layout(view: View) -> PageLayout:
    """What people read of a view, cut before each heading."""
    lots: list[tuple[str, list[Block]]] = [("", [])]
    for block in view.for_people():
        if isinstance(block, Note) and block.is_heading:
            lots.append((block.text, []))
        elif block != Note(""):
            lots[-1][1].append(block)
    sections = tuple(Section(at, text, tuple(blocks)) for at, (text, blocks) in enumerate(lots))
    folds = any(table_markup.for_people() for table_markup in view.tables())
    return PageLayout(view.heading, sections, _links(sections), folds)


def _links(sections: Sequence[Section]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in sections:
        name = clipped(one.heading)
        found[name] = "" if name in found else one.id
    return {name: id for name, id in found.items() if name and id}


def section_markup(page: PageLayout) -> Iterator[str]:
    """Each section that has something in it."""
    for one in page.sections:
        heading = [tag("h2", text(clipped(one.heading)))] if one.heading else []
        parts = [*heading, *(part for part in _parts(one, page) if part)]
        if parts:
            content = (f"{part}\n" for part in parts)
            yield tag("section", "\n", *content, id=one.id if heading else None)


def _parts(one: Section, page: PageLayout) -> Iterator[str]:
    caption, level = safe(one.heading or page.heading), 3 if one.heading else 2
    for at, block in enumerate(one.blocks):
        if isinstance(block, Table):
            place = TableContext(_table_id(one.number, at), caption, level, page.links)
            yield table_markup(block, place, is_folded=block.is_aside and page.folds)
        elif isinstance(block, Fields):
            yield _fields(block)
        elif isinstance(block, Note):
            yield _note(block)
        else:
            yield figure(block, f"p{one.number}-{at}", page.table_near(one.number, at))


def _table_id(section: int, at: int) -> str:
    return f"t{section}-{at}"


def _fields(block: Fields) -> str:
    headed = [field for field in block.fields if field.heading]
    rows = (
        tag(
            "div",
            tag("dt", text(clipped(field.heading))),
            tag("dd", markup(field.cell), class_=css_class(field.cell)),
        )
        for field in headed
    )
    brief = "brief" if len(headed) <= _BRIEF else None
    return tag("dl", "\n", *(f"{row}\n" for row in rows), class_=brief) if headed else ""


def _note(note: Note) -> str:
    if note.is_code:
        return tag("pre", "\n".join(map(text, note.text.split("\n"))))
    return tag("p", text(clipped(note.text)))
