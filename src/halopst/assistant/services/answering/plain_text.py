"""A stored answer as plain text: a message for WhatsApp, the reply an officer edits, a reference to copy."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halopst.assistant.rules.conversation.cited_sources import each_source
from halopst.core.formats import language, medium_date

MOST_ROWS, MOST_NAMES = 12, 3
CELL = "cell:"
DESK = "halopst"
"""The source of what an office says of itself on its pages here."""

Stored = Mapping[str, Any]


def plain_text(answer: Stored) -> str:
    """Everything the page shows: words, table, what we computed, notes, sources with their dates."""
    tables = [_rows(one.get("table")) for one in (answer, *answer.get("further", ()))]
    parts = [answer["text"], *tables, _computed(answer), *answer.get("notes", ())]
    return "\n\n".join(filter(None, [*parts, sources_text(answer)]))


def sources_text(answer: Stored) -> str:
    """Each source once, numbered, with its date and its whole address."""
    cited = each_source(answer["citations"])
    if not cited:
        return ""
    lines = (f"{number}. {_source(one)}" for number, one in enumerate(cited, start=1))
    return "\n".join([_("Sumber:"), *lines])


def quotation(answer: Stored) -> str:
    """A reference to the figures, as it stands below a table in a paper.

    Publisher, figures, title, address, date.
    """
    cited = [one for one in each_source(answer["citations"]) if one["external_id"].startswith(CELL)]
    return "\n".join(_reference(one, answer["figures"]) for one in cited)


def _reference(cited: Stored, figures: Sequence[Stored]) -> str:
    read = [one for one in figures if (one["source"], one["url"]) == (cited["title"], cited["url"])]
    parts = (cited["source"], "; ".join(_named(read)), cited["title"], _address(cited), dated(cited))
    return f"{'. '.join(filter(None, parts))}."


def _named(figures: Sequence[Stored]) -> Iterator[str]:
    """`Inflasi, Kota Surabaya, Kota Malang, 2021–2025` for each indicator."""
    for name in dict.fromkeys(one["indicator"] for one in figures):
        own = [one for one in figures if one["indicator"] == name]
        regions = list(dict.fromkeys(one["region"] for one in own))
        said = regions if len(regions) <= MOST_NAMES else [_many(len(regions))]
        periods = dict.fromkeys((own[0]["period"], own[-1]["period"]))
        yield ", ".join([name, *said, "–".join(periods)])


def _many(regions: int) -> str:
    return ngettext("%(n)d wilayah", "%(n)d wilayah", regions) % {"n": regions}


def _source(cited: Stored) -> str:
    return ", ".join(filter(None, (cited["title"], dated(cited), _address(cited))))


def dated(cited: Stored) -> str:
    """The date of a source.

    Figures were read on it, a text was published on it; what the office says of itself is of today.
    """
    if not cited["date"]:
        return ""
    when = medium_date(date.fromisoformat(cited["date"]), lang=language())
    if cited["external_id"].startswith(CELL):
        return _("data per %(when)s") % {"when": when}
    return (
        _("per %(when)s") % {"when": when}
        if cited.get("source") == DESK
        else _("terbit %(when)s") % {"when": when}
    )


def _address(cited: Stored) -> str:
    return urljoin(f"{settings.PUBLIC_URL}/", cited["url"]) if cited["url"] else ""


def _rows(table: Stored | None) -> str:
    """The rows of a table as lines: `2024: 83,99`, with the heads where there are several columns."""
    if not table or not table["rows"]:
        return ""
    shown, left = table["rows"][:MOST_ROWS], len(table["rows"]) - MOST_ROWS
    lines = list(_lines(table["heads"], shown))
    if left > 0:
        lines.append(ngettext("... dan %(n)d baris lagi", "... dan %(n)d baris lagi", left) % {"n": left})
    return "\n".join(lines)


def _lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for first, *others in rows:
        if len(others) == 1:
            yield f"{first}: {others[0]}"
        else:
            told = (f"{head} {cell}" for head, cell in zip(heads[1:], others, strict=False))
            yield f"{first}: {', '.join(told)}"


def _computed(answer: Stored) -> str:
    return "\n".join(f"{one['label']}: {one['text']}" for one in answer.get("computed", ()))
