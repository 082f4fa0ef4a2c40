"""A section of a page: what stands beneath one heading, each block in its own kind of markup."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kpicli.noun import NamedTuple
from kpicli.render.html.cells import css_class, markup
from kpicli.render.html.chart import figure
from kpicli.render.html.markup import tag, text
from kpicli.render.html.tables import TableContext, table_markup
from kpicli.text import clipped, folded, safe
from kpicli.views.parts.view import Block, Fields, Note, Table, View

_FEW_ENTRIES = 8  # KPIs that a page shows without a table of contents
_FEW_FIELDS = 6  # fields that stand beside a chart; more of them stand above it


class Section(NamedTuple):
    """Its heading, or nothing before the first, what a link to it names, and its blocks.

    An entry is what the page is about, such as one KPI, and has an id of its own.
    """

    id: str
    heading: str
    blocks: tuple[Block, ...]
    is_entry: bool = False

    def table_id(self, at: int) -> str:
        """What a link to the table at that place names."""
        name = _slug(getattr(self.blocks[at], "name", ""))
        earlier = [_slug(block.name) for block in self.blocks[:at] if isinstance(block, Table)]
        return f"{self.id}-{name}" + (f"-{at}" if name in earlier else "")


class PageLayout(NamedTuple):
    """The sections of a page, and links from a name to the one section that it heads.

    `tables` are the places of all tables, in order: the number of the section, and that in it.
    `folds` says whether tables that stand beside others are folded, as they are not all there is.
    """

    heading: str
    sections: tuple[Section, ...]
    links: Mapping[str, str]
    tables: Sequence[tuple[int, int]]
    folds: bool

    def table_near(self, section: Section, at: int) -> str | None:
        """What a link names to the first table after a block, else to the last before it."""
        if not self.tables:
            return None
        after = bisect_right(self.tables, (self.sections.index(section), at))
        number, position = self.tables[min(after, len(self.tables) - 1)]
        return self.sections[number].table_id(position)


def page_layout(view: View) -> PageLayout:
    """What people read of a view, cut before each heading."""
    parts: list[tuple[Note, list[Block]]] = [(Note(""), [])]
    for block in view.for_people():
        if isinstance(block, Note) and block.is_heading:
            parts.append((block, []))
        elif block != Note(""):
            parts[-1][1].append(block)
    ids: list[str] = []
    taken = {note.id for note, _ in parts}
    for number, (note, _) in enumerate(parts):
        id = note.id or _slug(note.text) or ("section" if number else "top")
        ids.append(f"{id}-{number}" if id in (ids if note.id else taken) else id)
        taken.add(ids[-1])
    sections = tuple(
        Section(id, note.text, tuple(blocks), bool(note.id))
        for id, (note, blocks) in zip(ids, parts, strict=True)
    )
    tables = [
        (number, position)
        for number, section in enumerate(sections)
        for position, block in enumerate(section.blocks)
        if isinstance(block, Table)
    ]
    folds = any(table.for_people() for table in view.tables())
    return PageLayout(view.heading, sections, _links(sections), tables, folds)


@cache
def _slug(text: str) -> str:
    """A text as a link names it: `where-it-sticks`."""
    return "-".join(re.findall("[a-z0-9]+", folded(text)))


def _links(sections: Sequence[Section]) -> dict[str, str]:
    links: dict[str, str] = {}
    for section in sections:
        name = clipped(section.heading)
        links[name] = "" if name in links else section.id
    return {name: id for name, id in links.items() if name and id}


def section_markup(page: PageLayout) -> Iterator[str]:
    """Each section that has something in it; a long page lists them before the first."""
    for number, section in enumerate(page.sections):
        if number == 1:
            yield from _contents(page.sections)
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
            context = TableContext(section.table_id(at), caption, level, page.links)
            yield table_markup(block, context, is_folded=block.is_aside and page.folds)
        elif isinstance(block, Fields):
            yield _fields(block)
        elif isinstance(block, Note):
            yield _note(block)
        else:
            yield figure(block, f"{section.id}-p{at}", page.table_near(section, at))


def _contents(sections: Sequence[Section]) -> Iterator[str]:
    """A link to each section, where a page is about more than a screen shows."""
    if sum(section.is_entry for section in sections) <= _FEW_ENTRIES:
        return
    links = (
        tag("li", tag("a", text(clipped(section.heading)), href=f"#{section.id}"))
        for section in sections
        if section.heading
    )
    items = "".join(f"{link}\n" for link in links)
    yield tag("nav", "\n", tag("ul", "\n", items), "\n", aria_label="Contents")


def _fields(block: Fields) -> str:
    rows = [
        f"<div><dt>{text(clipped(field.heading))}</dt>"
        + tag("dd", markup(field.cell), class_=css_class(field.cell))
        + "</div>"
        for field in block.fields
        if field.heading
    ]
    if not rows:
        return ""
    kind = "brief" if len(rows) <= _FEW_FIELDS and not block.summary else None
    content = tag("dl", "\n", *(f"{row}\n" for row in rows), class_=kind)
    if not block.summary:
        return content
    return tag("details", tag("summary", text(block.summary)), content)


def _note(note: Note) -> str:
    if note.is_code:
        return tag("pre", "\n".join(map(text, note.text.split("\n"))))
    return tag("p", text(clipped(note.text)))
