"""What the contracts say: composed at print time from the approvals in force, which are held meanwhile."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from halopst.core.formats import MONTHS
from halopst.letters.models import Letter, Signatory
from halopst.letters.queries import signatory
from halopst.letters.services import CannotCompose, Composition, DocumentKind, compose_with
from halopst.partners.letter_kinds.addenda import ACTIVITY_ADDENDUM, ADDENDUM
from halopst.partners.letter_kinds.contracts import ACTIVITY_CONTRACT, MONTHLY_CONTRACT
from halopst.partners.letter_kinds.receipts import TERMINATION
from halopst.partners.models import Activity, Approval, Assignment, Person, Registration, Share, Termination
from halopst.partners.queries.allocation.idle import of_idle
from halopst.partners.queries.contracts.agreements import agreed_otherwise
from halopst.partners.rules.money import last_day_of
from halopst.partners.rules.subjects import activity_of, month_of
from halopst.partners.rules.titles import officers_in_words
from halopst.partners.secrecy import Unreadable
from halopst.partners.services.contracts.contracting import ENDED, charged_elsewhere
from halopst.partners.services.obstacles import (
    UNAPPROVED,
    amended_by,
    bound_by,
    charging,
    no_official,
    not_given,
    other_month,
    unapproved,
    without_address,
    without_nik,
)
from halopst.units.models import Unit

Lines = Sequence[dict[str, Any]]


@compose_with(MONTHLY_CONTRACT.code)
def compose_contract(about: str, now: datetime, *, hold: bool, instead: str = "") -> Composition:
    """The contract of `partners.contract:<registration>:<month>`, from the approval in force.

    `instead` is what the letter is about where an addendum will say it.
    """
    registration, month = month_of(about)
    approval = held(_approvals(registration).filter(month=month), hold=hold).first()
    if approval is None:
        raise CannotCompose(*unapproved(registration, month))
    ended = Termination.objects.filter(registration=approval.registration, month=month)
    if ended.filter(activity__isnull=True).exists():
        raise CannotCompose(ENDED)
    _must_be_free(instead or about, hold=hold)
    _may_be_given(approval.registration, month=month)
    last = last_day_of(month)
    terms = {
        **_title([line["assignment"] for line in approval.lines], [month]),
        "bulan": month_in_words(month),
        "mulai": max(month, _first(approval.lines)).isoformat(),
        "selesai": min(last, _last(approval.lines)).isoformat(),
        "honor": approval.total,
        "kegiatan": [_work(line, min(last, _end(line)), line["amount"]) for line in approval.lines],
    }
    return composition(MONTHLY_CONTRACT, approval.registration, terms, now)


def _span(activity: Activity, year: int) -> dict[str, str]:
    """The days of the activity a contract of that year is about."""
    begins, ends = activity.within(year)
    return {"mulai": begins.isoformat(), "selesai": (ends - timedelta(days=1)).isoformat()}


@compose_with(ACTIVITY_CONTRACT.code)
def compose_activity_contract(about: str, now: datetime, *, hold: bool, instead: str = "") -> Composition:
    """The contract of `partners.activity-contract:<registration>:<activity>`; each month must be approved."""
    registration, which = activity_of(about)
    if Termination.objects.filter(registration=registration, activity=which).exists():
        raise CannotCompose(ENDED)
    shares = Share.objects.filter(assignment__registration=registration, assignment__duty__activity=which)
    paid = list(shares.order_by("month", "assignment"))
    rows = held(_approvals(registration).filter(month__in={share.month for share in paid}), hold=hold)
    approvals = {row.month: row for row in rows}
    activity = Activity.objects.filter(pk=which).first()
    if activity is None or not paid:
        raise CannotCompose(UNAPPROVED)
    _must_be_approved(activity, paid, approvals)
    _must_be_free(instead or about, hold=hold)
    _may_be_given(rows[0].registration, assignment__duty__activity=which)
    lines = _lines_of(paid, approvals.values())
    terms = {
        **_title([line["assignment"] for line in lines], list(approvals)),
        "nama_kegiatan": activity.name,
        **_span(activity, paid[0].month.year),
        "honor": sum(share.amount for share in paid),
        "kegiatan": [_work(line, _end(line), line["value"]) for line in lines],
        "per_bulan": _by_month(paid),
    }
    return composition(ACTIVITY_CONTRACT, rows[0].registration, terms, now)


def _must_be_free(about: str, *, hold: bool) -> None:
    """Refuse work under a contract of the other kind, or what an addendum or its contract says already.

    Its approvals are held: two at once see each other.
    """
    for letter in agreed_otherwise([about]).values() if hold else ():
        raise CannotCompose(*(amended_by(about, letter) or bound_by(letter)))


def _must_be_approved(activity: Activity, paid: Sequence[Share], approvals: Collection[date]) -> None:
    """Refuse if a month still waits for approval; the refusal links to the first such month."""
    if lacking := {share.month for share in paid} - set(approvals):
        raise CannotCompose(*other_month(paid[0].assignment.registration, activity.name, min(lacking)))


def _may_be_given(registration: Registration, **which: Any) -> None:
    """Refuse work of who is blacklisted or no longer active by now, and work charged to another year.

    Whoever makes them so holds the approvals too (`hold`): a letter is either made before, or refused.
    """
    shares = Share.objects.filter(assignment__registration=registration, **which)
    if of_idle(shares).exists():
        raise CannotCompose(*not_given(registration))
    _must_be_charged(shares)


def _must_be_charged(shares: QuerySet[Share]) -> None:
    """Refuse months of a new year that an earlier release charged to the old year's budget line."""
    if found := charged_elsewhere(shares).first():
        raise CannotCompose(*charging(found))


def _title(assignments: Sequence[int], months: Sequence[date]) -> dict[str, str]:
    """The title's words: the positions the mitra works in, and when.

    A row of a position is never rewritten, so its name is what it was when this was agreed.
    """
    rows = Assignment.objects.filter(pk__in=assignments).order_by("pk")
    positions = rows.values_list("duty__position__name", flat=True)
    return {
        "jenis_petugas": officers_in_words(positions),
        "nama_bulan": _from_to(months),
        "tahun": str(months[0].year),
    }


def _from_to(months: Sequence[date]) -> str:
    """`November`, or `Oktober s.d. November`; a contract is of one year."""
    first, last = (MONTHS["id"][month.month - 1] for month in (min(months), max(months)))
    return first if first == last else f"{first} s.d. {last}"


def _lines_of(paid: Iterable[Share], approvals: Iterable[Approval]) -> list[dict[str, Any]]:
    """One line per assignment, as it was approved, whichever of its months that was in."""
    mine = {share.assignment_id for share in paid}
    found = {line["assignment"]: line for row in approvals for line in row.lines}
    return [line for assignment, line in found.items() if assignment in mine]


def held(rows: QuerySet[Approval], *, hold: bool) -> QuerySet[Approval]:
    """The approvals, locked until the letter is on record, so that a withdrawal finds the letter."""
    return rows.select_for_update(of=("self",)) if hold else rows


def _approvals(registration: int) -> QuerySet[Approval]:
    rows = Approval.objects.in_force().filter(registration=registration)
    return rows.select_related("registration__person", "registration__unit").order_by("pk")


def composition(
    kind: DocumentKind,
    registration: Registration,
    terms: dict[str, Any],
    now: datetime,
    *,
    dated_on: date | None = None,
) -> Composition:
    """A letter between who is the official on its day and the mitra; dated today, unless said otherwise."""
    unit, person = registration.unit, registration.person
    day = dated_on or now.astimezone(unit.tz).date()
    official = signatory(unit, Signatory.Role.COMMITMENT, day)
    if official is None:
        raise CannotCompose(*no_official(unit, day))
    parties = {
        "petugas": {"nama": person.name, "nik": _nik(unit, person), "alamat": _address(unit, person)},
        "ppk": {"nama": official.name, "nip": official.nip, "jabatan": official.printed_title},
    }
    names, data = (person.name, official.name), {**parties, **terms}
    return Composition(data=data, parties=names, dated_on=day, title=titled(kind, data))


def titled(kind: DocumentKind, data: Mapping[str, Any]) -> str:
    """`Perjanjian kerja mitra statistik November 2026: Sri Contoh`: by this a letter is found in a list."""
    return f"{kind.title} {data.get('nama_kegiatan') or data['bulan']}: {data['petugas']['nama']}"


def _nik(unit: Unit, person: Person) -> str:
    try:
        nik = person.nik if person.nik_hash else ""
    except Unreadable:
        nik = ""
    if not nik:
        raise CannotCompose(*without_nik(unit, person))
    return nik


def _address(unit: Unit, person: Person) -> str:
    if not person.address.strip():
        raise CannotCompose(*without_address(unit, person))
    return person.address


def _work(line: dict[str, Any], until: date, amount: int) -> dict[str, Any]:
    return {
        "nama": line["activity"],
        "mak": line["budget"],
        "volume": line["volume"],
        "satuan": line["volume_unit"],
        "harga": line["price"],
        "sampai": until.isoformat(),
        "nilai": amount,
    }


def _first(lines: Lines) -> date:
    return min(date.fromisoformat(line["begins"]) for line in lines)


def _end(line: dict[str, Any]) -> date:
    """The last day of a line's work, itself included."""
    return date.fromisoformat(line["ends"]) - timedelta(days=1)


def _last(lines: Lines) -> date:
    return max(_end(line) for line in lines)


def _by_month(shares: Sequence[Share]) -> list[dict[str, Any]]:
    months = sorted({share.month for share in shares})
    return [{"bulan": month_in_words(month), "nilai": _sum(shares, month)} for month in months]


def _sum(shares: Iterable[Share], month: date) -> int:
    return sum(share.amount for share in shares if share.month == month)


def month_in_words(month: date) -> str:
    return f"{MONTHS['id'][month.month - 1]} {month.year}"


def agreed_in_words(contracts: Iterable[Letter]) -> str:
    """`nomor B-001/35780/VS.330/2026 tanggal 2 November 2026`, of several one after the other.

    A letter that ended a contract stands for the contract it names; an addendum comes after its own.
    """
    return ", ".join(_in_words(one) for one in contracts)


def _in_words(letter: Letter) -> str:
    own = f"nomor {letter.number} tanggal {letter.dated_on.day} {month_in_words(letter.dated_on)}"
    if letter.kind == TERMINATION.code:
        return str(letter.data["perjanjian"])
    if letter.kind in {ADDENDUM.code, ACTIVITY_ADDENDUM.code}:
        return f"{letter.data['perjanjian']} dengan adendum {own}"
    return own
