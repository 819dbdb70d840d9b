"""Letters one by one: listed, made, moved on, verified."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404
from django.utils import timezone
from ninja import Field, FormEx, P, Query, Router, Schema, Status

from halopst.core.forms import cleaned, filed
from halopst.core.http import Request, example
from halopst.core.idempotency import idempotent
from halopst.letters import queries, services
from halopst.letters.addressed import letter_of, office
from halopst.letters.api.parameters import MOST, Code, Day, Id, Pdf, Signer, Slug
from halopst.letters.forms import VerifyForm
from halopst.letters.kinds import all_kinds
from halopst.letters.models import Letter
from halopst.letters.rules import BY_VALUES, State

router = Router(tags=["letters"])


class ValueOut(Schema):
    """`shape` is text, money (rupiah), int, date (`2026-11-20`), person or lines; those two have columns."""

    name: str
    label: str
    shape: str
    optional: bool
    columns: list["ValueOut"]


class KindOut(Schema):
    model_config = example(
        code="partners.contract",
        label="Perjanjian kerja mitra",
        title="Perjanjian kerja mitra statistik",
        fields=[{"name": "bulan", "label": "Bulan", "shape": "text", "optional": False, "columns": []}],
    )

    code: str
    label: str
    title: str
    fields: list[ValueOut]


class LetterOut(Schema):
    """`number` is empty while a letter is being prepared; `parties` are initials.

    `batch` and `replaced_by` are ids: of the batch it came from, of the letter in its place.
    """

    model_config = example(
        id=31,
        unit="surabayakota",
        kind="partners.contract",
        state="final",
        number="B-012/35780/VS.330/2026",
        title="Perjanjian kerja mitra statistik",
        about="partners.contract:12:2026-11",
        dated_on="2026-11-02",
        parties=["S.C.", "A.S."],
        pages=3,
        sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        token="mR3vX0aQ7kT2bN5cY8dL",  # noqa: S106  # what a letter shows to everybody
        reason="",
        batch=5,
        replaced_by=None,
        final_at="2026-11-02T02:15:00Z",
        signed_at=None,
    )

    id: int
    unit: str
    kind: str
    state: str
    number: str
    title: str
    about: str
    dated_on: date
    parties: list[str]
    pages: int
    sha256: str
    token: str
    reason: str
    batch: int | None
    replaced_by: int | None
    final_at: datetime | None
    signed_at: datetime | None

    @staticmethod
    def resolve_unit(row: Letter) -> str:
        return row.unit.slug

    @staticmethod
    def resolve_number(row: Letter) -> str:
        return str(row.number or "")

    @staticmethod
    def resolve_batch(row: Letter) -> int | None:
        return row.batch_id

    @staticmethod
    def resolve_replaced_by(row: Letter) -> int | None:
        return row.replaced_by_id


class LetterListIn(Schema):
    """`q` searches numbers and subjects; `before` is the last `id` seen."""

    unit: Slug | None = None
    state: State | None = None
    kind: Code | None = None
    batch: Id | None = None
    q: str = ""
    before: Id | None = None


class IssueIn(Schema):
    """`data` holds the kind's fields; `about` names the subject in your own system, one letter for each."""

    model_config = example(
        unit="surabayakota",
        kind="partners.order",
        data={
            "tentang": "pengawasan Survei Contoh",
            "menimbang": [{"isi": "bahwa Survei Contoh perlu diawasi;"}],
            "dasar": [{"isi": "Peraturan BPS Nomor 5 Tahun 2023."}],
            "orang": [{"nama": "Sri Contoh", "nomor": "199001012015031001", "jabatan": "Statistisi"}],
            "untuk": [{"isi": "melaksanakan pengawasan lapangan."}],
            "mulai": "2026-11-23",
            "selesai": "2026-11-27",
            "tempat": "Kecamatan Kenanga",
            "biaya": "DIPA BPS tahun 2026",
            "kepala": {"nama": "Budi Contoh", "nip": "198001012005011001", "jabatan": "Kepala"},
        },
        about="kepegawaian:7",
        parties=["Sri Contoh", "Budi Contoh"],
        dated_on="2026-11-20",
    )

    unit: Slug
    kind: Code
    data: dict[str, Any]
    about: str = Field(min_length=1, max_length=90, pattern=r"^[\w.:-]+$", examples=["kepegawaian:7"])
    parties: list[Annotated[str, Field(max_length=150)]] = Field(max_length=10, examples=[["Sri Contoh"]])
    dated_on: Day


class AnnulIn(Schema):
    model_config = example(reason="Salah orang")

    reason: str = Field(min_length=1, max_length=300, examples=["Salah orang"])


class ReplaceIn(Schema):
    model_config = example(reason="Nama ditulis keliru")

    reason: str = Field(min_length=1, max_length=300, examples=["Nama ditulis keliru"])


class VerificationOut(Schema):
    """What anyone who holds a letter may know.

    `status` is valid, amended, terminated, outdated, replaced or void; `continued_by` is the number of the
    letter that amended or terminated it.
    """

    model_config = example(
        number="B-012/35780/VS.330/2026",
        kind="Perjanjian kerja mitra",
        dated_on="2026-11-02",
        initials=["S.C.", "A.S."],
        status="valid",
        signed=True,
        sealed=False,
        replaced_by="",
        continued_by="",
    )

    number: str
    kind: str
    dated_on: date
    initials: list[str]
    status: str
    signed: bool
    sealed: bool
    replaced_by: str
    continued_by: str


class ComparedOut(Schema):
    """Whether the file is byte for byte the letter, or one of its signed versions."""

    model_config = example(same=True)

    same: bool


@router.get("/kinds", response=list[KindOut])
def letter_kinds(request: Request) -> Any:  # noqa: ARG001  # ninja hands the request to every operation
    """List the kinds of letters this installation makes, with what each is filled with."""
    return [
        {"code": kind.code, "label": str(kind.label), "title": kind.title, "fields": _values(kind.fields)}
        for kind in all_kinds()
    ]


@router.get("", response=list[LetterOut])
def letters(request: Request, asked: Query[LetterListIn]) -> Any:
    """List the letters you may read, newest first, at most 200; the next ones with `before` = the last id."""
    rows = Letter.objects.visible_to(request.actor).select_related("unit", "number").defer("data")
    named = {"unit__slug": asked.unit, "batch": asked.batch, "pk__lt": asked.before}
    rows = rows.filter(**{name: value for name, value in named.items() if value is not None})
    found = queries.search_letters(rows, text=asked.q[:100], state=asked.state or "", kind=asked.kind or "")
    return found.order_by("-pk")[:MOST]


@router.post("", response={201: LetterOut})
@idempotent
def issue_letter(request: Request, body: IssueIn) -> Status[Letter]:
    """Make one letter. 422 names every missing value."""
    values = body.dict(exclude={"unit", "about"})
    made = services.issue(
        request.actor,
        unit=office(queries.viewing_units, request, body.unit),
        about=f"{BY_VALUES}{body.about}",
        now=timezone.now(),
        **values,
    )
    return Status(201, made)


@router.get("/{int:pk}", response=LetterOut)
def show_letter(request: Request, pk: int) -> Letter:
    """Show one letter."""
    return letter_of(request, pk)


@router.post("/{int:pk}/print", response=LetterOut)
@idempotent
def print_letter(request: Request, pk: int) -> Letter:
    """Record that the letter has been printed."""
    return services.mark_printed(request.actor, letter_of(request, pk), now=timezone.now())


@router.post("/{int:pk}/signature", response=LetterOut)
@idempotent
def sign_letter(
    request: Request,
    pk: int,
    signer: Signer = "",
    compared: FormEx[bool, P(example=True)] = False,  # noqa: FBT002  # a field of the form, by its name
    file: Pdf = None,
) -> Letter:
    """Hand in the scan of the signed paper, a PDF of at most 10 MB; its pages and codes are checked.

    `compared` says somebody has looked: the number on paper is this letter's. Needed where no code is read.
    """
    row, content = letter_of(request, pk), file.read() if file else b""
    services.upload_scan(
        request.actor, row, content=content, signer=signer, compared=compared, now=timezone.now()
    )
    return letter_of(request, pk)


@router.post("/{int:pk}/hand-over", response=LetterOut)
@idempotent
def hand_letter_over(request: Request, pk: int) -> Letter:
    """Record that the signed letter has reached the other party."""
    return services.hand_over(request.actor, letter_of(request, pk), now=timezone.now())


@router.post("/{int:pk}/pay", response=LetterOut)
@idempotent
def pay_letter(request: Request, pk: int) -> Letter:
    """Record that what the letter promised has been paid."""
    return services.mark_paid(request.actor, letter_of(request, pk), now=timezone.now())


@router.post("/{int:pk}/annul", response=LetterOut)
@idempotent
def annul_letter(request: Request, pk: int, body: AnnulIn) -> Letter:
    """Annul a letter; its number stays on record as void."""
    return services.annul(request.actor, letter_of(request, pk), reason=body.reason, now=timezone.now())


@router.post("/{int:pk}/replace", response={201: LetterOut})
@idempotent
def replace_letter(request: Request, pk: int, body: ReplaceIn) -> Status[Letter]:
    """Replace a letter by a new one that says what is true now, with a new number; the old one names it."""
    old = letter_of(request, pk)
    return Status(201, services.replace(request.actor, old, reason=body.reason, now=timezone.now()))


@router.get("/verification/{token}", response=VerificationOut, auth=None)
def verify_letter(request: Request, token: str) -> Any:  # noqa: ARG001  # ninja hands it to every one
    """Tell anyone whether a letter is valid; the letter itself is never given."""
    return _verified(token)


@router.post("/verification/{token}", response=ComparedOut, auth=None)
def compare_letter(request: Request, token: str, file: Pdf = None) -> ComparedOut:  # noqa: ARG001  # ninja gives it
    """Give the PDF one received as `file`, at most 20 MB: anyone may ask whether it is the letter.

    The file is not kept.
    """
    found, given = _verified(token), cleaned(VerifyForm({}, filed(file)))["file"]
    return ComparedOut(same=services.is_same_file(found, given.chunks()))


def _verified(token: str) -> queries.Verification:
    found = queries.verification(token) if "\0" not in token else None
    if found is None:
        raise Http404
    return found


def _values(fields: Any) -> list[dict[str, Any]]:
    return [
        {
            "name": field.name,
            "label": str(field.label),
            "shape": field.shape.value,
            "optional": field.optional,
            "columns": _values(field.columns),
        }
        for field in fields
    ]
