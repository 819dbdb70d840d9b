"""Days as people write them: the month in words or its short forms (`5 Jan 2026`, `9 Nopember 2025`)."""

import re
from datetime import date

MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari pebruari february",
            "mar maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu ags agt agustus aug august",
            "sep sept september",
            "okt oktober oct october",
            "nov nopember november",
            "des desember dec december",
        ),
        1,
    )
    for name in names.split()
}
IN_WORDS = re.compile(r"(\d{1,2})[\s.-]+([a-z]+)[\s.-]+(\d{4})")


def day_in_words(text: str) -> date | None:
    """None for what is no such day, also for one the calendar does not have."""
    found = IN_WORDS.fullmatch(text.strip().casefold())
    if found is None or found[2] not in MONTH_NUMBERS:
        return None
    try:
        return date(int(found[3]), MONTH_NUMBERS[found[2]], int(found[1]))
    except ValueError:
        return None
