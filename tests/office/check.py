"""What python-docx and the schemas of the format say of Word files.

usage: check.py FILE...: prints what is wrong, a line each, and ends with 1 if anything is. What Word's accessibility checker asks is asked
here: heads of tables, words for pictures, headings in order, a title, a language, no empty paragraphs in place of space.
"""

import re
import sys
import zipfile
from pathlib import Path

import docx
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SENT = "{urn:ccrov:sent-copy:1}"
TEXTS = ("word/document.xml", "word/header1.xml", "word/header2.xml", "word/footnotes.xml")

# A file without a theme is one that Word opens: nothing in it takes a color or a typeface from one.
IGNORED = {"Sem_MissingRelationshipType"}


def level(style):
    """The level of a heading, by its style or the one that it is based on; 0 is the title."""
    while style is not None:
        if style.name == "Title":
            return 0
        found = re.fullmatch(r"[Hh]eading (\d)", style.name)
        if found:
            return int(found[1])
        style = style.base_style
    return None


def schema(path):
    for error in OpenXmlValidator().validate(path).errors:
        if error.id not in IGNORED:
            yield f"{error.part_uri}: {error.description}"


def headings(document):
    levels = [found for found in (level(paragraph.style) for paragraph in document.paragraphs) if found is not None]
    if levels[:1] != [0]:
        yield f"the first heading is of level {levels[:1]}"
    for before, here in zip(levels, levels[1:]):
        if here > before + 1:
            yield f"a heading of level {here} follows one of level {before}"


def tables(document):
    for table in document.tables:
        about = table._tbl.tblPr
        for name in ("w:tblCaption", "w:tblDescription"):
            found = about.find(qn(name))
            if found is None or not found.get(qn("w:val")):
                yield f"a table has no {name}"
        rows = [row._tr.trPr for row in table.rows]
        heads = [row is not None and row.find(qn("w:tblHeader")) is not None for row in rows]
        if heads != [True] + [False] * (len(heads) - 1):
            yield f"a table's heads are {heads}"
        if any(row is None or row.find(qn("w:cantSplit")) is None for row in rows):
            yield "a row can be split"
        if not all("".join(cell._tc.itertext()).strip() for cell in table.rows[0].cells):
            yield "a head is empty"


def paragraphs(document):
    body = list(document.element.body)
    for at, element in enumerate(body):
        if element.tag != qn("w:p"):
            continue
        is_behind_table = at > 0 and body[at - 1].tag == qn("w:tbl")
        if not "".join(element.itertext()).strip() and not is_behind_table:
            yield f"paragraph {at} is empty"


def about(document):
    core = document.core_properties
    for name in ("title", "author", "subject", "created", "modified"):
        if not getattr(core, name):
            yield f"there is no {name}"
    if core.language != "en-US":
        yield f"the language is {core.language}"
    lang = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if lang is None or lang.get(qn("w:val")) != "en-US":
        yield "the styles name no language"
    known = {style.name for style in document.styles}
    for name in ("Title", "Heading 1", "Heading 4", "List Bullet", "List Number", "Quote", "Caption", "footnote text"):
        if name not in known:
            yield f"there is no style {name}"
    if not document.sections[0].different_first_page_header_footer:
        yield "the first page has no head of its own"


def text_of(paragraph):
    """What a paragraph says, as the record of what was sent says it."""
    found = []
    for element in paragraph.iter():
        inside = [outer.tag for outer in element.iterancestors() if outer is not paragraph]
        if qn("w:sdt") in inside or qn("w:del") in inside or qn("w:pPr") in inside:
            continue
        if element.tag == qn("w:sdt"):
            found.append(f"[blank: {element.find('.//' + qn('w:alias')).get(qn('w:val'))}]")
        elif element.tag == qn("w:t"):
            run = element.getparent()
            is_number = run.find(qn("w:footnoteRef")) is not None
            is_field = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}[@{qn('w:val')}='FootnoteReference']") is not None
            if not is_number and not is_field:
                found.append(element.text or "")
        elif element.tag == qn("w:br"):
            found.append("\n")
        elif element.tag == qn("w:tab"):
            found.append("\t")
    return "".join(found)


def sent(path):
    """Every paragraph has an identifier; what the hidden part says of it is what it says."""
    with zipfile.ZipFile(path) as package:
        parts = [etree.fromstring(package.read(name)) for name in TEXTS]
        record = etree.fromstring(package.read("customXml/item1.xml"))
        named = [name for name in package.namelist() if name.endswith(".png")]
        for part in parts:
            for picture in part.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
                if not picture.get("descr"):
                    yield f"a picture has no words for it ({named})"
    found = {}
    for part in parts:
        for paragraph in part.iter(qn("w:p")):
            name = paragraph.get(W14 + "paraId")
            if name is None:
                continue
            if name in found or int(name, 16) >= 0x80000000:
                yield f"{name} is twice, or too large"
            found[name] = paragraph
    for line in record.iter(SENT + "p"):
        paragraph = found.get(line.get("id"))
        if paragraph is None:
            yield f"{line.get('id')} is no paragraph"
        elif text_of(paragraph) != (line.text or ""):
            yield f"{line.get('place')} says {text_of(paragraph)!r}, and was sent as {line.text!r}"


def faults(path):
    document = docx.Document(path)
    for check in (headings, tables, paragraphs, about):
        yield from check(document)
    yield from schema(path)
    yield from sent(path)


wrong = [f"{path}: {fault}" for path in sys.argv[1:] for fault in faults(path)]
print("\n".join(wrong))
sys.exit(1 if wrong or len(sys.argv) < 2 else 0)
