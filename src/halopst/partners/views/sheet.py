"""What the pages of allocation share: what was typed, what was kept of it, and the address of the sheet."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halopst.core.formats import language, rupiah
from halopst.core.http import Request
from halopst.partners.models import ActivityDuty, Assignment, Registration
from halopst.partners.models.reference import LARGEST_AMOUNT
from halopst.partners.queries.allocation import grid
from halopst.partners.queries.allocation.taken_back import taken_back
from halopst.partners.rules.money import month_named, rupiah_of
from halopst.partners.rules.volumes import volume_of
from halopst.partners.services.allocation.assigning import MOST_CELLS, Cell, Outcome
from halopst.partners.services.allocation.writing import HELD
from halopst.partners.services.allocation_refusals import (
    REASONS,
    NoSuchCell,
    NothingToMove,
    SharesDoNotAddUp,
    TooManyCells,
)
from halopst.partners.services.ledger import Trial
from halopst.partners.services.obstacles import where_refused
from halopst.partners.views.months import month_name
from halopst.partners.views.repairs import repair
from halopst.partners.wording import allocation
from halopst.partners.wording.taken_back import words_of
from halopst.units.models import Unit

LONGEST_ID, LONGEST_SHARE, MOST_TOLD = 18, 18, 10
KEY = re.compile(r"v-([0-9]{1,18})-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Typed:
    """The cells of a form that differ from what the page showed, and those whose text is no volume."""

    cells: list[Cell]
    unread: dict[tuple[int, int], str]


def cells_typed(request: Request) -> Typed:
    """What a whole form was sent with: one cell nobody can read does not cost the others."""
    seen = seen_volumes(request.POST.get("semula", ""))
    cells, unread = [], {}
    for name, text in request.POST.items():
        found = KEY.fullmatch(name)
        if not found:
            continue
        key = (int(found[1]), int(found[2]))
        shown, counted = seen.get(key, (0, 0))
        try:
            volume = volume_of(str(text))
        except ValueError:
            unread[key] = str(text)
            continue
        if volume != shown:
            cells.append(Cell(*key, volume, before=counted))
    return Typed(cells, unread)


def numbers_in(text: str, parts: int) -> list[int]:
    """The numbers in a button's value."""
    numbers = text.split(":")
    if len(numbers) != parts or not all(map(is_id, numbers)):
        raise NothingToMove
    return [int(number) for number in numbers]


def shares_typed(request: Request) -> dict[date, int]:
    """The amounts of a form per month, in fields named `b-2026-11`."""
    shares = {}
    for name, text in request.POST.items():
        month = month_named(name.removeprefix("b-"))
        if month and name.startswith("b-"):
            try:
                amount = rupiah_of(str(text) or "0")
            except ValueError as error:
                raise SharesDoNotAddUp from error
            shares[month] = min(amount, LARGEST_AMOUNT)
    return shares


def shares_kept(shares: Mapping[date, int]) -> str:
    """Say that somebody was first, and repeat what was typed; the page itself shows what is stored now."""
    typed = ", ".join(f"{month_name(at)} {rupiah(amount, lang=language())}" for at, amount in shares.items())
    return _(
        "Pembagian atau volumenya baru saja diubah orang lain; yang kini tersimpan tampil di bawah. "
        "Isian Anda belum disimpan: %(isian)s."
    ) % {"isian": typed}


def shares_refused(request: Request, why: str) -> str:
    """Say why shares were refused, and repeat what was typed; the page itself shows what is stored."""
    typed = [
        f"{month_name(at)} “{str(text)[:LONGEST_SHARE]}”"
        for name, text in request.POST.items()
        if name.startswith("b-") and (at := month_named(name.removeprefix("b-")))
    ]
    said = _("Isian Anda belum disimpan: %(isian)s.") % {"isian": ", ".join(typed)}
    return f"{why} {said}" if typed else why


def _volumes_now(request: Request, cells: Iterable[Cell]) -> dict[tuple[int, int], int]:
    """What counts in these cells."""
    keys = [cell.key for cell in cells]
    rows = Assignment.objects.visible_to(request.actor).filter(registration__in={who for who, _what in keys})
    found = {(row.registration_id, row.duty_id): row.volume for row in rows}
    return {key: found.get(key, 0) for key in keys}


def seen_volumes(text: str) -> dict[tuple[int, int], tuple[int, int]]:
    """What the page showed and what counted, per cell: `{"12-3": [24, 20]}`; empty cells are left out."""
    try:
        raw = json.loads(text or "{}")
        return {_key(name): (_number(shown), _number(counted)) for name, (shown, counted) in raw.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise NoSuchCell from error


def cells_sent(request: Request) -> list[Cell]:
    """The cells the script sends: a list of [registration, duty, volume, volume that counted]."""
    try:
        raw = json.loads(request.POST.get("isi", ""))
        if len(raw) > MOST_CELLS:
            raise TooManyCells
        return [
            Cell(_number(who), _number(what), _number(volume), _number(seen))
            for who, what, volume, seen in raw
        ]
    except (ValueError, TypeError, RecursionError) as error:
        raise NoSuchCell from error


def _key(name: str) -> tuple[int, int]:
    who, what = name.split("-")
    return int(who), int(what)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise TypeError
    return value


def is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_ID


def rows_shown(request: Request) -> list[int]:
    """The registrations the script says its page shows, from the cell on where it pasted."""
    return [int(key) for key in request.POST.get("baris", "").split(",") if is_id(key)][: grid.PAGE]


def seen_as_text(cells: Iterable[tuple[int, int, int, int]]) -> str:
    """The hidden field `seen_volumes` reads: registration, duty, what is shown, what counts."""
    return json.dumps(
        {f"{who}-{what}": [shown, counted] for who, what, shown, counted in cells if shown or counted},
        separators=(",", ":"),
    )


def address_of(request: Request, unit: Unit, month: date) -> str:
    """The sheet as it was seen: month, search, filter and page stay."""
    kept = request.GET.copy()
    kept["bulan"] = f"{month:%Y-%m}"
    return f"{reverse('partners:sheet', args=[unit.slug])}?{kept.urlencode()}"


def tell_taken_back(request: Request, unit: Unit, now: datetime) -> None:
    """In the same place as that it was saved: what the change of that moment withdrew and outdated."""
    if said := words_of(taken_back(request.actor, unit, now)):
        messages.warning(request, said)


def told(outcome: Outcome) -> tuple[int, str]:
    """How many volumes were saved, and that some were not."""
    saved, refused = len(outcome.saved), len(outcome.refused)
    if not saved and not refused:
        return messages.INFO, _("Tidak ada volume yang berubah.")
    words = ngettext("%(n)d volume tersimpan.", "%(n)d volume tersimpan.", saved) % {"n": saved}
    if not refused:
        return messages.SUCCESS, words
    more = ngettext(
        "%(n)d volume belum dapat disimpan; alasannya ada di barisnya.",
        "%(n)d volume belum dapat disimpan; alasannya ada di barisnya.",
        refused,
    ) % {"n": refused}
    if any(trial.reason not in HELD for trial in outcome.refused.values()):
        more = ngettext("%(n)d volume tidak disimpan.", "%(n)d volume tidak disimpan.", refused)
        more %= {"n": refused}
    held = {trial.reason for trial in outcome.refused.values()} & HELD
    reasons = sorted(str(REASONS[reason].message) for reason in held)
    return messages.WARNING, " ".join([*([words] if saved else []), more, *reasons])


def news_of(request: Request, unit: Unit, month: date, outcome: Outcome) -> SafeString:
    """Which volumes were refused that are not kept on the sheet, why, and where that is mended.

    No row of the sheet would say so.
    """
    gone = {cell: trial for cell, trial in outcome.refused.items() if trial.reason not in HELD}
    if not gone:
        return SafeString("")
    newer = _(
        "%(mitra)s, %(kegiatan)s: baru saja diubah orang lain menjadi %(kini)s; "
        "isian Anda %(n)s belum disimpan."
    )
    why, stored = _("%(mitra)s, %(kegiatan)s (%(n)s): %(sebab)s"), _volumes_now(request, gone)
    rows = zip(gone.items(), refused_cells(request, unit, month, gone), strict=True)
    said = [
        (
            (newer if trial.reason == "changed" else why)
            % {"mitra": row.person, "kegiatan": title, "n": n, "sebab": reason, "kini": stored[cell.key]},
            mended,
        )
        for (cell, trial), (row, title, n, reason, mended) in rows
    ]
    return format_html_join(" ", "{} {}", said[:MOST_TOLD])


def changed_cells(outcome: Outcome) -> list[Cell]:
    """The refused cells in which somebody else was first."""
    return [cell for cell, trial in outcome.refused.items() if trial.reason == "changed"]


def refused_cells(
    request: Request, unit: Unit, month: date, refused: Mapping[Cell, Trial]
) -> list[tuple[Registration, str, int, str, SafeString]]:
    """Mitra, activity, volume, why it may not stand, and where that is mended.

    An activity closed meanwhile has no column any more.
    """
    rows = Registration.objects.visible_to(request.actor).filter(unit=unit).select_related("person", "unit")
    people = rows.in_bulk([cell.registration for cell in refused])
    titles = {column.duty.pk: allocation.title(column) for column in grid.columns(unit, month)[0]}
    duties = ActivityDuty.objects.visible_to(request.actor).select_related("activity")
    meant = duties.prefetch_related("activity__parts__budget_line").in_bulk([c.duty for c in refused])
    sheet = address_of(request, unit, month)
    found = []
    for cell, trial in refused.items():
        row, activity = people[cell.registration], meant[cell.duty].activity
        url = where_refused(row, activity, month, trial.reason)
        title, why = titles.get(cell.duty, activity.short_name), str(REASONS[trial.reason].message)
        found.append((row, title, cell.volume, why, repair(request, unit, sheet, url, trial.reason)))
    return found
