"""Tables as CSV and XLSX files, in which nothing that a person typed is ever reckoned.

A cell that begins like a formula is run by spreadsheet programs when a CSV file is opened; the
OWASP page on CSV injection advises to put an apostrophe before it, and so it is done. In XLSX
each cell has a type, and text is written as text.
"""

import csv
import io
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

from app.domain.errors import ExportError
from app.exchange.tables import TABLES, Cell, Row, Table
from app.files import make_folder, require_folder, why_not_written, write_whole

Rows: TypeAlias = Iterable[tuple[Table, Row]]

MOST_ROWS = 1_048_575
"""That a sheet of XLSX holds beside its headings."""
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With those that are twice as wide, which some programs take for the same."""
_BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet program takes UTF-8 for the computer's own code page."""


def write_csv(folder: Path, rows: Rows) -> dict[Table, int]:
    """Writes a file for each table into ``folder``, which is made where there is none, and says how
    many rows each holds.

    Raises ExportError. No file is written before all of them are made.
    """
    make_folder(folder)
    texts = {table: io.StringIO(newline="") for table in TABLES}
    counts = dict.fromkeys(TABLES, 0)
    writers = {table: csv.writer(text) for table, text in texts.items()}
    for table, writer in writers.items():
        writer.writerow(table.headings)
    for table, row in rows:
        writers[table].writerow([disarmed(cell) for cell in row])
        counts[table] += 1
    for table in TABLES:
        text = _BYTE_ORDER_MARK + texts.pop(table).getvalue()
        write_whole(folder / f"{table.name}.csv", [text.encode("utf-8", errors="replace")])
    return counts


def write_table(out: Path, table: Table, rows: Iterable[Row]) -> int:
    """Writes one table to ``out``, as XLSX where its name ends so, else as CSV, and says how many
    rows it holds. Raises ExportError.
    """
    require_folder(out)
    if out.suffix.casefold() == ".xlsx":
        return write_xlsx(out, ((table, row) for row in rows), (table,))[table]
    lines = [table.headings, *rows]
    write_whole(out, [_as_csv(lines)])
    return len(lines) - 1


def _as_csv(lines: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([disarmed(cell) for cell in line] for line in lines)
    return (_BYTE_ORDER_MARK + text.getvalue()).encode("utf-8", errors="replace")


def disarmed(cell: Cell) -> Cell:
    """A text that a spreadsheet program would reckon, with an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(_BEGINS_A_FORMULA):
        return f"'{cell}"
    return cell


def write_xlsx(out: Path, rows: Rows, tables: tuple[Table, ...] = TABLES) -> dict[Table, int]:
    """Writes a workbook with a sheet for each of ``tables``, and says how many rows each holds.

    Rows go through the disk, so that a whole practice fits into memory. Raises ExportError.
    """
    require_folder(out)
    content = io.BytesIO()
    try:
        with tempfile.TemporaryDirectory(prefix="needlepoint-") as scratch:  # this user's alone
            counts = _filled(content, scratch, rows, tables)
    except OSError as error:
        raise ExportError(why_not_written(out, error)) from None
    write_whole(out, [content.getvalue()])
    return counts


def _filled(
    content: io.BytesIO, scratch: str, rows: Rows, tables: tuple[Table, ...]
) -> dict[Table, int]:
    """Fills a workbook. Raises OSError also where the library wraps one in an error of its own."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        return _fill(content, scratch, rows, tables)
    except FileCreateError as error:
        wrapped = error.args[0]
        assert isinstance(wrapped, OSError)
        raise wrapped from None


def _fill(
    content: io.BytesIO, scratch: str, rows: Rows, tables: tuple[Table, ...]
) -> dict[Table, int]:
    from xlsxwriter import Workbook

    counts = dict.fromkeys(tables, 0)
    book = Workbook(content, {"constant_memory": True, "tmpdir": scratch})
    try:
        sheets = {table: _new_sheet(book, table) for table in tables}
        for table, row in rows:
            counts[table] += 1
            if counts[table] > MOST_ROWS:
                raise ExportError(
                    f"There are more {table.name} than a sheet of XLSX can hold. "
                    "Export them as CSV."
                )
            _write_row(sheets[table], counts[table], row)
        book.close()
    finally:
        for sheet in book.worksheets():  # where a write fails, the library leaves its files open
            for file in (sheet.fh, sheet.row_data_fh):
                with suppress(OSError):
                    file.close()
    return counts


def _new_sheet(book: Any, table: Table) -> Any:
    sheet, bold = book.add_worksheet(table.name), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table.headings) - 1, 16)
    for column, heading in enumerate(table.headings):
        sheet.write_string(0, column, heading, bold)
    return sheet


def _write_row(sheet: Any, at: int, row: Row) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            if cell:
                sheet.write_string(at, column, cell.encode("utf-8", "replace").decode())
        elif cell is not None:
            sheet.write_number(at, column, cell)
