"""Spreadsheets as offices bring them."""

from io import BytesIO

from openpyxl import Workbook, load_workbook

from tests.partners.factories import example_nik


def xlsx(rows):
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    file = BytesIO()
    book.save(file)
    file.name = "mitra.xlsx"
    file.seek(0)
    return file


def workbook(sheets):
    """Several sheets by name, each with its rows."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = BytesIO()
    book.save(file)
    file.name = "mitra.xlsx"
    file.seek(0)
    return file


def csv_of(text, name="mitra.csv", encoding="utf-8"):
    file = BytesIO(text.encode(encoding))
    file.name = name
    return file


def read_back(content):
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active.iter_rows()]


def people(count, *, start=1):
    """Heads and as many good rows."""
    heads = ["Nama", "NIK", "Kecamatan", "No HP", "Bank", "No Rekening", "Atas Nama"]
    rows = [
        [f"Mitra {n}", example_nik(n), "Waru", "0812-3456-7890", "Bank Contoh", f"12345{n:05d}", f"Mitra {n}"]
        for n in range(start, start + count)
    ]
    return [heads, *rows]
