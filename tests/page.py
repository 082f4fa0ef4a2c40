"""A page as a browser reads it: parsed strictly, and what is in it that could act."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from html5lib import HTMLParser
from html5lib.treebuilders import getTreeBuilder

ELEMENTS = frozenset(
    re.findall(
        r"\S+",
        "html head meta title style body main section article h1 h2 h3 h4 p a span table caption"
        " thead tbody tr th td dl div dt dd pre code mark details summary figure figcaption ul li"
        " svg desc text path rect",
    )
)
"""All that a page of ours is made of."""
ATTRIBUTES = frozenset(
    re.findall(
        r"\S+",
        "lang charset http-equiv content name id class scope colspan href data-label role height"
        " width aria-label aria-labelledby aria-describedby aria-details aria-hidden tabindex"
        " viewBox preserveAspectRatio d x y text-anchor",
    )
)


def parsed(page: str) -> Element:
    """The tree of a page; raises what is wrong in its markup."""
    parser = HTMLParser(getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    tree = parser.parse(page)
    assert isinstance(tree, Element)
    return tree


def content(page: str) -> str:
    """The markup of what stands on a page."""
    return page.partition("<main>\n")[2].partition("</main>")[0]


def elements(tree: Element) -> Iterator[tuple[str, Element]]:
    """Each element with its name."""
    for one in tree.iter():
        yield re.sub(r"^\{.*\}", "", str(one.tag)), one


def strangers(tree: Element) -> set[str]:
    """The elements and attributes that no page of ours has; what acts is among them."""
    found = set()
    for name, one in elements(tree):
        found |= {name} - ELEMENTS
        found |= {f"{name}@{key}" for key in map(str, one.attrib)} - {
            f"{name}@{key}" for key in ATTRIBUTES
        }
        target = one.get("href", "#")
        found |= set() if target.startswith("#") else {target}
    return found


def texts(tree: Element) -> list[str]:
    """Every text of a page, but for its style."""
    return [
        text
        for name, one in elements(tree)
        for text in (one.text if name != "style" else "", one.tail)
        if text and text.strip()
    ]
