"""Assignment letters and decrees of the KPA, for programs: written, made into letters, changed."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field

from halopst.core.editing import VERSION, Version, version_of
from halopst.core.forms import cleaned
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.letters.models import Letter
from halopst.partners import permissions
from halopst.partners.addressed import paper_of, unit_of
from halopst.partners.api.parameters import MOST, Id
from halopst.partners.forms.papers import FORMS, MOST_ITEMS, MOST_PEOPLE, PROPOSED
from halopst.partners.models import Activity, Paper
from halopst.partners.queries import papers as queries
from halopst.partners.queries.papers import Chosen
from halopst.partners.services import decreeing
from halopst.units.models import Unit

router = Router()
LISTS: Final = ("considerations", "bases", "points")
THE_PAPER: Final[dict[str, Any]] = {
    "id": 9,
    "kind": "surat-tugas",
    "subject": "pengawasan Survei Angkatan Kerja Nasional",
    "first_day": "2026-11-23",
    "last_day": "2026-11-27",
    "activity": 3,
    "letter": 61,
    "number": "B-007/35780/KP.650/2026",
    "letter_state": "final",
}
THE_TEXT: Final[dict[str, Any]] = {
    "considerations": ["bahwa pelaksanaan survei perlu diawasi;"],
    "bases": ["Undang-Undang Nomor 16 Tahun 1997 tentang Statistik."],
    "points": ["melaksanakan pengawasan lapangan."],
    "place": "Kecamatan Kenanga",
    "cost": "DIPA BPS Provinsi tahun 2026",
    "people": [{"name": "Wira Contoh", "number": "199001012015031001", "title": "Statistisi"}],
}
"""What the description shows."""


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _without_semicolon(text: str) -> str:
    if ";" in text:
        raise ValueError(_("Tulis tanpa titik koma."))
    return _in_one_line(text)


Item = Annotated[str, AfterValidator(_in_one_line)]
Items = Annotated[list[Item], Field(max_length=MOST_ITEMS)]
Cell = Annotated[str, AfterValidator(_without_semicolon)]


class StaffOut(Schema):
    """Somebody who stands in it by name."""

    name: str
    number: str
    title: str


class StaffIn(Schema):
    name: Cell
    number: Cell = ""
    title: Cell = ""


class MitraInPaperOut(Schema):
    """A mitra approved for the activity."""

    name: str
    number: str
    title: str

    @staticmethod
    def resolve_number(row: Chosen) -> str:
        return row.id_sobat

    @staticmethod
    def resolve_title(row: Chosen) -> str:
        return row.duties


class PaperOut(Schema):
    """`letter` is under `/letters`; null, with an empty `number`, while none was made."""

    model_config = example(**THE_PAPER)

    id: int
    kind: str
    subject: str
    first_day: date
    last_day: date
    activity: int | None
    letter: int | None
    number: str
    letter_state: str


class WholePaperOut(PaperOut):
    """`people` are those written in it, `mitra` those approved for its activity: both stand in the letter.

    Send `version` back with a change to have it refused where somebody else was first.
    """

    model_config = example(
        **THE_PAPER,
        **THE_TEXT,
        mitra=[{"name": "Sri Contoh", "number": "357824010001", "title": "Petugas pencacahan"}],
        version=VERSION,
    )

    considerations: list[str]
    bases: list[str]
    points: list[str]
    place: str
    cost: str
    people: list[StaffOut]
    mitra: list[MitraInPaperOut]
    version: str


class PaperTextIn(Schema):
    """`points` are the tasks of an assignment letter, the dictums of a decree.

    Of `activity` every mitra with an approved month is listed. `place` and `cost` are of assignment letters.
    Of the first three lists one left out stays as it is; in a new text it is what the page proposes.
    """

    model_config = example(
        subject=THE_PAPER["subject"],
        first_day=THE_PAPER["first_day"],
        last_day=THE_PAPER["last_day"],
        activity=THE_PAPER["activity"],
        **THE_TEXT,
    )

    subject: Item
    considerations: Items | None = None
    bases: Items | None = None
    points: Items | None = None
    first_day: date
    last_day: date
    place: Item = ""
    cost: Item = ""
    people: Annotated[list[StaffIn], Field(max_length=MOST_PEOPLE)] = []
    activity: Id | None = None


class PaperIn(PaperTextIn):
    """The fields of a text, and its kind."""

    model_config = example(
        kind="surat-tugas",
        subject=THE_PAPER["subject"],
        first_day=THE_PAPER["first_day"],
        last_day=THE_PAPER["last_day"],
        activity=THE_PAPER["activity"],
        **THE_TEXT,
    )

    kind: Paper.Kind


class PaperChangeIn(PaperTextIn):
    """The fields of a text; with `version`, it changes only if it is still as it was read."""

    model_config = example(
        subject=THE_PAPER["subject"],
        first_day=THE_PAPER["first_day"],
        last_day=THE_PAPER["last_day"],
        activity=THE_PAPER["activity"],
        **THE_TEXT,
        version=VERSION,
    )

    version: Version = None


class PaperLetterOut(Schema):
    """The letter that was made, found under `/letters`."""

    model_config = example(letter=61, number="B-007/35780/KP.650/2026")

    letter: int
    number: str


@router.get("/units/{slug}/papers", response=list[PaperOut], url_name="partners-papers")
def papers(request: Request, slug: str, q: str = "", before: Id | None = None) -> list[dict[str, Any]]:
    """List texts, newest first, at most 500; the next ones with `before` = the last id.

    `q` searches their subjects.
    """
    found = queries.papers_of(request.actor, unit_of(request, slug), q[:100])
    rows = list((found.filter(pk__lt=before) if before else found).order_by("-pk")[:MOST])
    made = queries.letters_by_paper(rows)
    return [_brief(row, made.get(row.pk)) for row in rows]


@router.post("/units/{slug}/papers", response={201: WholePaperOut}, url_name="partners-write-paper")
@idempotent
def write_paper(request: Request, slug: str, body: PaperIn) -> Status[dict[str, Any]]:
    """Write a text; it is no letter yet."""
    unit = unit_of(request, slug, permissions.MANAGE)
    given = {**PROPOSED[body.kind], **body.model_dump(exclude_none=True)}
    row = decreeing.write_paper(
        request.actor, unit=unit, kind=body.kind, values=_values(request, unit, body.kind, given)
    )
    return Status(201, _whole(row))


@router.get("/units/{slug}/papers/{int:pk}", response=WholePaperOut, url_name="partners-show-paper")
def show_paper(request: Request, slug: str, pk: int) -> dict[str, Any]:
    """Show one text with the people in it."""
    return _whole(paper_of(request, unit_of(request, slug), pk))


@router.put("/units/{slug}/papers/{int:pk}", response=WholePaperOut, url_name="partners-edit-paper")
@idempotent
def edit_paper(request: Request, slug: str, pk: int, body: PaperChangeIn) -> dict[str, Any]:
    """Change a text; a letter already made of it is out of date from then on.

    409 `changed-meanwhile` when somebody was first since `version`.
    """
    unit = unit_of(request, slug, permissions.MANAGE)
    row = paper_of(request, unit, pk)
    kept = {name: getattr(row, name) for name in LISTS}
    given = body.model_dump(exclude_none=True, exclude={"version"})
    values = _values(request, unit, row.kind, {**kept, **given})
    now = timezone.now()
    return _whole(decreeing.edit_paper(request.actor, row, values=values, version=body.version, now=now))


@router.delete("/units/{slug}/papers/{int:pk}", response={204: None}, url_name="partners-remove-paper")
@idempotent
def remove_paper(request: Request, slug: str, pk: int) -> Status[None]:
    """Remove a text that never became a letter."""
    unit = unit_of(request, slug, permissions.MANAGE)
    decreeing.remove_paper(request.actor, paper_of(request, unit, pk))
    return Status(204, None)


@router.post(
    "/units/{slug}/papers/{int:pk}/issue", response={201: PaperLetterOut}, url_name="partners-issue-paper"
)
@idempotent
def issue_paper(request: Request, slug: str, pk: int) -> Status[PaperLetterOut]:
    """Make the letter, numbered, as the text stands; 409 with `repair_url` where something is lacking."""
    row = paper_of(request, unit_of(request, slug), pk)
    letter = decreeing.issue_paper(request.actor, row, now=timezone.now())
    return Status(201, PaperLetterOut(letter=letter.pk, number=str(letter.number)))


def _values(request: Request, unit: Unit, kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Checked by the form of the page, which takes lists as lines."""
    activities = Activity.objects.visible_to(request.actor).filter(unit=unit)
    typed = {name: _lines(value) if isinstance(value, list) else value for name, value in given.items()}
    return cleaned(FORMS[kind](typed, activities=activities))


def _lines(items: Iterable[Any]) -> str:
    return "\n".join(item if isinstance(item, str) else "; ".join(item.values()) for item in items)


def _brief(row: Paper, letter: Letter | None) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "subject": row.subject,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "activity": row.activity_id,
        "letter": letter.pk if letter else None,
        "number": str(letter.number or "") if letter else "",
        "letter_state": letter.state if letter else "",
    }


def _whole(row: Paper) -> dict[str, Any]:
    names = (*LISTS, "place", "cost", "people")
    return {
        **_brief(row, queries.letters_by_paper([row]).get(row.pk)),
        **{name: getattr(row, name) for name in names},
        "mitra": queries.approved_for(row.activity),
        "version": version_of(row),
    }
