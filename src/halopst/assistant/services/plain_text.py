"""A stored answer as plain text: as a message for WhatsApp, and as the reply an officer edits."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from halopst.assistant.rules.citing import each_source
from halopst.core.formats import Lang, medium_date

MOST_ROWS = 12
CELL = "cell:"

Stored = Mapping[str, Any]


def plain_text(answer: Stored) -> str:
    """Everything the page shows: words, table, what we computed, notes, sources with their dates."""
    parts = [answer["text"], _rows(answer.get("table")), _computed(answer), *answer.get("notes", ())]
    return "\n\n".join(filter(None, [*parts, sources_text(answer)]))


def sources_text(answer: Stored) -> str:
    """Each source once, numbered, with its date and its whole address."""
    cited = each_source(answer["citations"])
    if not cited:
        return ""
    lines = (f"{number}. {_source(one)}" for number, one in enumerate(cited, start=1))
    return "\n".join([_("Sumber:"), *lines])


def _source(cited: Stored) -> str:
    said = [cited["title"]]
    if cited["date"]:
        when = medium_date(date.fromisoformat(cited["date"]), lang=_lang())
        is_cell = cited["external_id"].startswith(CELL)
        said.append(
            _("data per %(when)s") % {"when": when} if is_cell else _("terbit %(when)s") % {"when": when}
        )
    if cited["url"]:
        said.append(urljoin(f"{settings.PUBLIC_URL}/", cited["url"]))
    return ", ".join(said)


def _rows(table: Stored | None) -> str:
    """`2024: 83,99`, or with the heads before each when there are several columns."""
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


def _lang() -> Lang:
    return "en" if (get_language() or "").startswith("en") else "id"
