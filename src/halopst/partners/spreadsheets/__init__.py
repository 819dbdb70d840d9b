from halopst.partners.spreadsheets.reading import (
    MOST_COLUMNS,
    MOST_ROWS,
    Sheet,
    check_size,
    first_look,
    open_sheets,
    sheets_of,
    write_plain,
)

__all__ = [
    "MOST_COLUMNS",
    "MOST_ROWS",
    "Sheet",
    "check_size",
    "first_look",
    "open_sheets",
    "sheets_of",
    "write_plain",
]
