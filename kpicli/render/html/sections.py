"""A section of a page: what stands beneath one heading, each block in its own kind of markup."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kpicli.render.html.cells import css_class, markup
from kpicli.render.html.chart import figure
from kpicli.render.html.markup import tag, text
from kpicli.render.html.tables import TableContext, table_markup
from kpicli.text import clipped, safe
from kpicli.views.parts.view import Block, Fields, Note, Table, View

_FEW_FIELDS = 6
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
    """The sections of a page, and links from a name to the one section that it heads.

    `folds` says whether tables that stand beside others are folded, as they are not all there is.
    """

    heading: str
    sections: tuple[Section, ...]
    links: Mapping[str, str]
    folds: bool

    def table_near(self, section: int, at: int) -> str | None:
        """What a link names to the first table after a block, else to the last before it."""
        tables = [
            (section.number, position)
            for section in self.sections
            for position, block in enumerate(section.blocks)
            if isinstance(block, Table)
        ]
        nearest = [table for table in tables if table > (section, at)][:1] or tables[-1:]
        return _table_id(*nearest[0]) if nearest else None


def page_layout(view: View) -> PageLayout:
    """What people read of a view, cut before each heading."""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for block in view.for_people():
        if isinstance(block, Note) and block.is_heading:
            parts.append((block.text, []))
        elif block != Note(""):
            parts[-1][1].append(block)
    sections = tuple(
        Section(number, heading, tuple(blocks)) for number, (heading, blocks) in enumerate(parts)
    )
    folds = any(table.for_people() for table in view.tables())
    return PageLayout(view.heading, sections, _links(sections), folds)


def _links(sections: Sequence[Section]) -> dict[str, str]:
    links: dict[str, str] = {}
    for section in sections:
        name = clipped(section.heading)
        links[name] = "" if name in links else section.id
    return {name: id for name, id in links.items() if name and id}


def section_markup(page: PageLayout) -> Iterator[str]:
    """Each section that has something in it."""
    for section in page.sections:
        name = section.heading
        heading = [tag("h2", text(clipped(name)))] if name else []
        parts = [*heading, *filter(None, _parts(section, page))]
        if parts:
            content = (f"{part}\n" for part in parts)
            yield tag("section", "\n", *content, id=section.id if heading else None)


def _parts(section: Section, page: PageLayout) -> Iterator[str]:
    caption, level = safe(section.heading or page.heading), 3 if section.heading else 2
    for at, block in enumerate(section.blocks):
        if isinstance(block, Table):
            context = TableContext(_table_id(section.number, at), caption, level, page.links)
            yield table_markup(block, context, is_folded=block.is_aside and page.folds)
        elif isinstance(block, Fields):
            yield _fields(block)
        elif isinstance(block, Note):
            yield _note(block)
        else:
            table = page.table_near(section.number, at)
            yield figure(block, f"p{section.number}-{at}", table)


def _table_id(section: int, at: int) -> str:
    return f"t{section}-{at}"


def _fields(block: Fields) -> str:
    rows = [
        tag(
            "div",
            tag("dt", text(clipped(field.heading))),
            tag("dd", markup(field.cell), class_=css_class(field.cell)),
        )
        for field in block.fields
        if field.heading
    ]
    kind = "brief" if len(rows) <= _FEW_FIELDS else None
    return tag("dl", "\n", *(f"{row}\n" for row in rows), class_=kind) if rows else ""


def _note(note: Note) -> str:
    if note.is_code:
        return tag("pre", "\n".join(map(text, note.text.split("\n"))))
    return tag("p", text(clipped(note.text)))
