"""Says what openpyxl finds in a workbook, as JSON: workbook.py FILE"""

import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
sheet = book.active
table = next(iter(sheet.tables.values()), None)


def said(cell):
    value = cell.value
    if value is None:
        return ""
    return [cell.data_type, str(value), cell.number_format] if cell.data_type != "s" else value


print(json.dumps({
    "sheets": book.sheetnames,
    "title": book.properties.title,
    "author": book.properties.creator,
    "created": str(book.properties.created),
    "modified": str(book.properties.modified),
    "frozen": sheet.freeze_panes,
    "print_titles": sheet.print_title_rows,
    "landscape": sheet.page_setup.orientation,
    "fits": [sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight],
    "head": sheet.oddHeader.left.text,
    "table": table and {
        "name": table.name,
        "ref": table.ref,
        "filter": table.autoFilter and table.autoFilter.ref,
        "columns": [column.name for column in table.tableColumns],
        "heads": table.headerRowCount,
    },
    "widths": [round(sheet.column_dimensions[letter].width) for letter in "ABCDEFG"],
    "wraps": bool(sheet["C2"].alignment.wrap_text),
    "rows": [[said(cell) for cell in row] for row in sheet.iter_rows()],
}))
