"""The allocation sheet for programs: what each mitra's month holds, and what may still be added."""

from typing import Any, Final, Literal

from ninja import Query, Router, Schema

from halopst.core.forms import plain
from halopst.core.http import Request, example
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import After, Month, day_of
from halopst.partners.api.surplus import MOST_HELD
from halopst.partners.queries.allocation.grid import RowView
from halopst.partners.queries.allocation.room import months_of

router = Router()
SHOWN: Final = {"": "", "near": "dekat", "over": "lebih", "unassigned": "belum"}
"""The filters of the sheet by their names for programs."""


class FillingOut(Schema):
    """What one activity of one office pays in the month, and the cap that holds for it."""

    activity: str
    office: str
    amount: int
    cap: int | None


class RoomCellOut(Schema):
    """`volume` is what counts, `wanted` more than that where it was refused; `cap` holds for the duty."""

    duty: int
    volume: int
    wanted: int
    cap: int | None


class RoomOut(Schema):
    """One mitra's month over all offices.

    `limit` is the lowest cap of what is paid, or what an exception (`exception`) allows above it, and `left`
    what may still be added under it; both null while nothing is paid, when the `cap` of a duty is the most
    it may pay. `verdict` is fits, over, uncapped or census, of the refused volumes too.
    """

    model_config = example(
        registration=12,
        mitra="Sri Contoh",
        district="Kenjeran",
        limit=4_170_000,
        total=1_632_000,
        left=2_538_000,
        verdict="fits",
        exception=0,
        approved=False,
        blacklisted=False,
        lines=[
            {
                "activity": "Survei Angkatan Kerja Nasional",
                "office": "BPS Kota Surabaya",
                "amount": 1_632_000,
                "cap": 4_170_000,
            }
        ],
        cells=[{"duty": 3, "volume": 24, "wanted": 24, "cap": 4_170_000}],
    )

    registration: int
    mitra: str
    district: str
    limit: int | None
    total: int
    left: int | None
    verdict: str
    exception: int
    approved: bool
    blacklisted: bool
    lines: list[FillingOut]
    cells: list[RoomCellOut]


class RoomAskedIn(Schema):
    """`q` finds a name or a district; `show` keeps to one of the filters of the sheet."""

    month: Month
    q: str = ""
    show: Literal["", "near", "over", "unassigned"] = ""
    after: After = 0


@router.get("/units/{slug}/room", response=list[RoomOut], url_name="partners-room")
def room(request: Request, slug: str, asked: Query[RoomAskedIn]) -> list[dict[str, Any]]:
    """Show what each mitra of the sheet holds and may still be given, by registration, at most 100.

    The next ones with `after` = the last `registration`.
    """
    unit, month = unit_of(request, slug), day_of(asked.month)
    by = {"text": plain(asked.q), "chosen": SHOWN[asked.show]}
    rows = months_of(request.actor, unit, month, after=asked.after, most=MOST_HELD, **by)
    return [_shown(row) for row in rows]


def _shown(row: RowView) -> dict[str, Any]:
    decision = row.decision
    return {
        "registration": row.registration.pk,
        "mitra": row.registration.person.name,
        "district": row.registration.person.district,
        "limit": decision.limit,
        "total": decision.total,
        "left": None if decision.limit is None else decision.headroom,
        "verdict": decision.verdict,
        "exception": row.override,
        "approved": row.approved,
        "blacklisted": row.is_barred,
        "lines": decision.lines,
        "cells": [
            {
                "duty": cell.column.duty.pk,
                "volume": cell.volume,
                "wanted": cell.wanted,
                "cap": cell.column.cap,
            }
            for cell in row.cells
        ],
    }
