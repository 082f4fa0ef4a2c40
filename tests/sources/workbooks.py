"""Workbooks made of nothing but their parts, for what no library would write."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

Cell = str | int | float | tuple[float, int]
"""A text, a number, a number with its style; a text that begins with `<` is XML as it stands."""

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_STYLES = """\
<numFmts><numFmt numFmtId="164" formatCode="0.0%"/>
<numFmt numFmtId="165" formatCode="[$-414]mmmm\\ yyyy"/>
<numFmt numFmtId="166" formatCode="#,##0.00\\ [$€-407]"/>
<numFmt numFmtId="167" formatCode="0&quot; k kr&quot;"/>
<numFmt numFmtId="168" formatCode="[$kr-414] 0,,&quot;M&quot;"/>
<numFmt numFmtId="169" formatCode="0 &quot;pcs&quot;"/>
<numFmt numFmtId="170" formatCode="[$-409]0 &quot;MNOK&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/>
<xf numFmtId="17"/><xf numFmtId="46"/><xf numFmtId="166"/><xf numFmtId="167"/>
<xf numFmtId="168"/><xf numFmtId="169"/><xf numFmtId="170"/></cellXfs>"""
PERCENT, DAY, MONTH, SHORT_MONTH, DURATION = 1, 2, 3, 4, 5
EURO, KRONER_IN_THOUSANDS, KRONER_SCALED, PIECES, KRONER_IN_MILLIONS = 6, 7, 8, 9, 10
"""The styles of a cell."""


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


def xlsx(
    *sheets: Sequence[Sequence[Cell]],
    names: Sequence[str] = ("Data", "Notes", "More"),
    states: Sequence[str] = ("visible",) * 3,
    is_1904: bool = False,
    behind: str = "",
) -> bytes:
    """Sheets of rows; what stands `behind` the cells of each is XML, such as merged ranges."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" state="{state}" r:id="r{at}"/>'
        for at, (name, state, _) in enumerate(zip(names, states, sheets, strict=False), 1)
    )
    links = "".join(
        f'<Relationship Id="r{at}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships {_PACKAGE}><Relationship Id="r1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_LINKS}">'
        f'<workbookPr date1904="{int(is_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {_PACKAGE}>{links}</Relationships>",
        "xl/styles.xml": f"<styleSheet {_MAIN}>{_STYLES}</styleSheet>",
    }
    for at, rows in enumerate(sheets, 1):
        data = "".join(_row(number, row) for number, row in enumerate(rows, 1))
        parts[f"xl/worksheets/sheet{at}.xml"] = (
            f"<worksheet {_MAIN}><sheetData>{data}</sheetData>{behind}</worksheet>"
        )
    return archive(parts)


def _row(number: int, row: Sequence[Cell]) -> str:
    cells = "".join(_cell(f"{chr(65 + at)}{number}", cell) for at, cell in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, tuple):
        return f'<c r="{place}" s="{cell[1]}"><v>{cell[0]}</v></c>'
    if isinstance(cell, str) and not cell.startswith("<"):
        text = f"<is><t>{escape(cell)}</t></is>"
        return f'<c r="{place}" t="inlineStr">{text}</c>' if cell else ""
    if isinstance(cell, str):
        return f'<c r="{place}">{cell}</c>'
    return f'<c r="{place}"><v>{cell}</v></c>'


_SPACES = {"number": "datastyle"}
_ODS_STYLES = """\
<office:automatic-styles>
<number:date-style style:name="N1"><number:month number:style="long" number:textual="true"/>
<number:text> </number:text><number:year number:style="long"/></number:date-style>
<number:date-style style:name="N2"><number:year/></number:date-style>
<number:date-style style:name="N3"><number:day/><number:month/><number:year/></number:date-style>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="year" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N3"/>
</office:automatic-styles>"""


def ods(rows: Sequence[Sequence[str]], columns: str = "") -> bytes:
    """One sheet; a cell is the XML of its attributes, or a text; `columns` are XML."""
    data = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{_SPACES.get(name, name)}:1.0"'
        for name in ("office", "table", "text", "style", "number")
    )
    content = (
        f"<office:document-content {spaces}>{_ODS_STYLES}<office:body><office:spreadsheet>"
        f'<table:table table:name="Ark1">{columns}{data}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    return archive({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_cell(cell: str) -> str:
    if cell.startswith(("office:", "table:")):
        return f"<table:table-cell {cell}/>"
    text = f"<text:p>{escape(cell)}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
