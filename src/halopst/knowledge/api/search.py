"""Searching what the offices know, for programs: public, as the pages are."""

from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from halopst.core.actors import ANONYMOUS
from halopst.core.errors import Invalid
from halopst.core.forms import plain
from halopst.core.http import Request, example
from halopst.knowledge.models import Document
from halopst.knowledge.queries import Filters, Hit, search, typed, unit_called

router = Router(tags=["search"])

YEARS = range(1900, 2101)


class UnknownFilter(Invalid):
    message = _(
        "Saringan tidak dikenal: unit berisi kode BPS atau alamat pendek satker, kind jenis tulisan, "
        "year tahun 1900 sampai 2100."
    )


class SearchIn(Schema):
    """`unit` is an office's BPS code or slug and keeps its texts with those of all offices.

    No more than 30 are found, whatever `limit` is. `staff` adds the texts for staff that the person the
    program acts for may read.
    """

    q: str = ""
    limit: Annotated[int, Field(ge=1)] = 10
    unit: str = ""
    kind: str = ""
    year: int | None = None
    staff: bool = False


class ItemOut(Schema):
    """`highlights` are half-open ranges of characters of `snippet`; `stale` is past its review date."""

    external_id: str
    source: str
    score: float
    title: str
    heading: str
    snippet: str
    highlights: list[tuple[int, int]]
    url: str
    kind: str
    unit: str | None
    date: date | None
    stale: bool


class SearchOut(Schema):
    """`repaired` are the words that were read as others, as nobody uses them as they were typed."""

    model_config = example(
        items=[
            {
                "external_id": "41",
                "source": "BPS Kota Surabaya",
                "score": 0.94,
                "title": "Cara membaca inflasi",
                "heading": "Membacanya",
                "snippet": "Inflasi adalah kenaikan harga secara umum.",
                "highlights": [[0, 7]],
                "url": "/pengetahuan/41/",
                "kind": "article",
                "unit": "3578",
                "date": None,
                "stale": False,
            }
        ],
        repaired={"inflsi": "inflasi"},
    )

    items: list[ItemOut]
    repaired: dict[str, str]


@router.get("", response=SearchOut, auth=None)
def search_texts(request: Request, given: Query[SearchIn]) -> dict[str, Any]:
    """Find texts that answer `q`, best first; the first score says how surely it does, from 0 to 1."""
    reader = request.actor if given.staff else ANONYMOUS
    found = search(reader, typed(given.q), filters=_filters(given), limit=given.limit)
    today = timezone.localdate()
    return {"items": [_item(hit, today) for hit in found.hits], "repaired": found.asked.repaired}


def _filters(given: SearchIn) -> Filters:
    unit = unit_called(plain(given.unit)) if given.unit else None
    unknown_unit = given.unit and unit is None
    if unknown_unit or (given.kind and given.kind not in Document.Kind.values):
        raise UnknownFilter
    if given.year is not None and given.year not in YEARS:
        raise UnknownFilter
    return Filters(unit=unit, kind=given.kind, year=given.year)


def _item(hit: Hit, today: date) -> dict[str, Any]:
    document = hit.document
    return {
        "external_id": document.external_id,
        "source": document.source,
        "score": round(hit.score, 4),
        "title": str(document),
        "heading": hit.heading,
        "snippet": hit.shown.text,
        "highlights": list(hit.shown.marks),
        "url": document.address,
        "kind": document.kind,
        "unit": document.unit.code if document.unit else None,
        "date": document.published_on,
        "stale": document.is_stale(today),
    }
