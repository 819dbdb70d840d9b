"""What a mitra sees on their own page: their rows, by their person, and nobody else's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from halopst.letters.models import Letter
from halopst.letters.rules import HOLDING, SIGNABLE, State
from halopst.partners.letter_kinds.receipts import HANDOVER, TERMINATION, about_termination
from halopst.partners.letter_kinds.subjects import abouts_of_activity, abouts_of_month
from halopst.partners.models import (
    Approval,
    Assignment,
    Blacklisting,
    Handover,
    MonthTotal,
    OwnLink,
    OwnSession,
    PaymentLine,
    PaymentList,
    Person,
    Registration,
    SentScan,
    Share,
    Termination,
    TransferReturn,
)
from halopst.partners.models.people import BlacklistingQuerySet
from halopst.partners.queries.contracts.agreements import OF_ACTIVITY, OF_MONTH
from halopst.partners.queries.contracts.continued import continued
from halopst.partners.rules.money import first_of
from halopst.partners.rules.own import Mitra
from halopst.units.models import Unit

KINDS = frozenset({*OF_MONTH, *OF_ACTIVITY, HANDOVER.code})
"""Those a mitra signs. What ends a contract they only read."""
MONTHS_BACK = 5


def secret_digest(secret: str) -> str:
    """What is kept of a browser's secret: it is long and random, so a plain digest gives nothing away."""
    return sha256(secret.encode()).hexdigest()


def session_of(secret: str, *, now: datetime) -> Mitra | None:
    """Whose page a browser may open right now."""
    if not secret:
        return None
    live = OwnSession.objects.filter(ended_at__isnull=True, expires_at__gt=now)
    row = live.filter(digest=secret_digest(secret)).values_list("person_id", "pk").first()
    return Mitra(*row) if row else None


def is_live(link: OwnLink, now: datetime) -> bool:
    return link.revoked_at is None and link.expires_at > now


def live_link(link_id: int | None, *, now: datetime) -> OwnLink | None:
    link = OwnLink.objects.select_related("person", "unit").filter(pk=link_id).first() if link_id else None
    return link if link is not None and is_live(link, now) else None


def people_at(address: str) -> list[Person]:
    """Mitra whose e-mail or number (as the register writes it) this is; two are enough to know."""
    at = Q(email__iexact=address) if "@" in address else Q(phone=address)
    return list(Person.objects.filter(at, pk__in=Registration.objects.values("person"))[:2])


def own_person(mitra: Mitra) -> Person:
    person: Person = Person.objects.select_related("bank_account").get(pk=mitra.person_id)
    return person


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """What one month pays, over all offices, against the cap that holds for it."""

    month: date
    total: int
    cap: int | None
    lines: list[tuple[str, str, int]]

    @property
    def percent(self) -> int:
        return min(100, 100 * self.total // self.cap) if self.cap else 0

    @property
    def room(self) -> int:
        return max(0, (self.cap or 0) - self.total)


def own_months(mitra: Mitra, *, today: date) -> list[OwnMonth]:
    """The months that pay something, from some before today's, the latest first."""
    first = _months_before(first_of(today), MONTHS_BACK)
    totals = MonthTotal.objects.filter(person=mitra.person_id, month__gte=first, total__gt=0)
    lines: defaultdict[date, list[tuple[str, str, int]]] = defaultdict(list)
    for month, activity, office, amount in (
        Share.objects.filter(person=mitra.person_id, month__gte=first)
        .order_by("assignment__duty__activity__name", "pk")
        .values_list(
            "month",
            F("assignment__duty__activity__name"),
            F("assignment__registration__unit__name"),
            "amount",
        )
    ):
        lines[month].append((activity, office, amount))
    return [OwnMonth(row.month, row.total, row.cap, lines[row.month]) for row in totals.order_by("-month")]


def _months_before(month: date, count: int) -> date:
    years, place = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(years, place + 1, 1)


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """A letter its mitra may know of, the month or the activity it is about, and their latest scan of it.

    A contract `is_ended` where a letter of its own says so; a signed one goes on with what `amended` it.
    """

    letter: Letter
    month: date | None
    activity: str
    scan: SentScan | None
    is_ended: bool = False
    amended: Letter | None = None

    @property
    def title(self) -> str:
        """Without the mitra's own name, by which offices find it in their lists."""
        before, _colon, name = self.letter.title.rpartition(": ")
        return before or name

    @property
    def is_readable(self) -> bool:
        return self.letter.state in HOLDING or self.amended is not None

    @property
    def wants_scan(self) -> bool:
        return self.letter.kind in KINDS and is_signable(self.letter) and not self.scan_waits

    @property
    def scan_waits(self) -> bool:
        """Whether an officer has yet to look at what they sent."""
        sent = self.scan is not None and self.scan.state == SentScan.State.WAITING
        return sent and is_signable(self.letter)

    @property
    def scan_is_unneeded(self) -> bool:
        """Whether the letter was signed otherwise, or changed, before an officer looked at what they sent."""
        undecided = {SentScan.State.WAITING, SentScan.State.UNNEEDED}
        return self.scan is not None and self.scan.state in undecided and not self.scan_waits


def is_signable(letter: Letter) -> bool:
    """Whether a letter still waits for its signature."""
    return letter.state in SIGNABLE


def unneeded_scans(**which: int) -> QuerySet[SentScan]:
    """Scans nobody has looked at, of letters that wait for no signature any more."""
    waiting: QuerySet[SentScan] = SentScan.objects.filter(state=SentScan.State.WAITING, **which)
    return waiting.exclude(letter__state__in=SIGNABLE)


@dataclass(frozen=True, slots=True)
class OwnPayment:
    """What was handed over in a month, and the line of the list that pays it; None until there is one.

    `returned` is what the bank sent back, until another list pays it; `is_unsigned` says that nothing is
    paid before the paper about the handover is signed.
    """

    month: date
    office: str
    due: int
    line: PaymentLine | None
    returned: TransferReturn | None
    is_unsigned: bool = False

    @property
    def is_paid(self) -> bool:
        return self.line is not None and self.line.payment_list.state == PaymentList.State.PAID


def own_payments(mitra: Mitra, *, today: date, letters: Iterable[OwnLetter] = ()) -> list[OwnPayment]:
    """What was paid lately or not yet, of any month, the latest first; `letters` are all their letters."""
    receipts = [row for row in letters if row.letter.kind == HANDOVER.code and is_signable(row.letter)]
    unsigned = {(row.letter.unit_id, row.month) for row in receipts}
    first = _months_before(first_of(today), MONTHS_BACK)
    lines = PaymentLine.objects.filter(person=mitra.person_id, stands=True).select_related("payment_list")
    by_handover = {line.handover_id: line for line in lines}
    back = TransferReturn.objects.filter(line__person=mitra.person_id).select_related("line").order_by("pk")
    returned = {row.line.handover_id: row for row in back if row.line.handover_id not in by_handover}
    old = {line.handover_id for line in lines if (line.payment_list.paid_on or first) < first}
    rows = Handover.objects.filter(
        Q(approval__month__gte=first) | ~Q(pk__in=old),
        approval__registration__person=mitra.person_id,
        approval__withdrawn_at__isnull=True,
    ).select_related("approval__registration__unit")
    return [
        OwnPayment(
            row.approval.month,
            row.approval.registration.unit.name,
            row.due,
            by_handover.get(row.pk),
            returned.get(row.pk),
            (row.approval.registration.unit_id, row.approval.month) in unsigned,
        )
        for row in rows.order_by("-approval__month", "pk")
    ]


def own_letters(mitra: Mitra, **which: int) -> list[OwnLetter]:
    """Their contracts and handovers, the latest first; none that is void or was never final."""
    subjects = _subjects(mitra)
    wanted = Q(pk__in=[])
    for unit, abouts in subjects.items():
        wanted |= Q(unit=unit, about__in=list(abouts), kind__in=(*KINDS, TERMINATION.code))
    rows = Letter.objects.filter(wanted, final_at__isnull=False, **which).exclude(state=State.VOID)
    letters = list(rows.select_related("number", "unit").defer("data").order_by("-dated_on", "-pk"))
    scans = {scan.letter_id: scan for scan in SentScan.objects.filter(letter__in=letters)}
    ended = set(Termination.objects.filter(contract__in=letters).values_list("contract", flat=True))
    newer = continued(letters)
    ended |= {pk for pk, found in newer.items() if found.ends}
    amended = {pk: found.letter for pk, found in newer.items() if not found.ends}
    return [
        OwnLetter(
            row,
            *subjects[row.unit_id][row.about],
            scans.get(row.pk),
            row.pk in ended,
            amended.get(row.pk),
        )
        for row in letters
    ]


def own_letter(mitra: Mitra, pk: int) -> OwnLetter:
    """The letter, if it is about this mitra; else `Letter.DoesNotExist`."""
    found = own_letters(mitra, pk=pk)
    if not found:
        raise Letter.DoesNotExist
    return found[0]


def _subjects(mitra: Mitra) -> dict[int, dict[str, tuple[date | None, str]]]:
    """By office: what letters about this mitra are called there, with the month or the activity meant."""
    found: defaultdict[int, dict[str, tuple[date | None, str]]] = defaultdict(dict)
    months = Approval.objects.filter(registration__person=mitra.person_id)
    for unit, registration, month in months.values_list("registration__unit", "registration", "month"):
        found[unit] |= dict.fromkeys(abouts_of_month(registration, month), (month, ""))
    activities = Assignment.objects.filter(registration__person=mitra.person_id).order_by()
    fields = ("registration__unit", "registration", "duty__activity", "duty__activity__name")
    for unit, registration, activity, name in activities.values_list(*fields):
        found[unit] |= dict.fromkeys(abouts_of_activity(registration, activity), (None, name))
    ended = Termination.objects.filter(registration__person=mitra.person_id)
    for unit, pk, month in ended.values_list("registration__unit", "pk", "month"):
        found[unit][about_termination(pk)] = (month, "")
    return found


def own_blacklistings(mitra: Mitra, *, now: datetime) -> BlacklistingQuerySet:
    """What keeps them from being assigned now or later, and what they said something against.

    The day is that of the office which decided it.
    """
    rows: BlacklistingQuerySet = Blacklisting.objects.filter(person=mitra.person_id)
    holds = Q(until__isnull=True)
    for zone in Unit.Zone.values:
        holds |= Q(unit__zone=zone, until__gt=now.astimezone(ZoneInfo(zone)).date())
    return rows.filter(holds | ~Q(appeal="")).select_related("unit")


def owner_of(letter: Letter) -> int | None:
    """The person who signs a letter, when it is their office's; nobody for kinds a mitra does not sign."""
    kind, _colon, rest = letter.about.partition(":")
    registration = rest.partition(":")[0]
    if kind not in KINDS or letter.kind != kind or not registration.isdigit():
        return None
    rows = Registration.objects.filter(pk=int(registration), unit=letter.unit_id)
    return rows.values_list("person_id", flat=True).first()
