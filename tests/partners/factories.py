from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory as ModelFactory
from psycopg.types.range import DateRange

from halopst.partners.models import (
    AccountRemark,
    Activity,
    ActivityDuty,
    ActivityKind,
    ActivityPart,
    Approval,
    Assignment,
    BankAccount,
    Blacklisting,
    BudgetLine,
    CapOverride,
    CeilingRevision,
    Change,
    Delivery,
    Employment,
    Excess,
    Handover,
    HonorCap,
    ImportFault,
    ImportPiece,
    ImportRun,
    MonthTotal,
    OfferAnswer,
    OfficeRules,
    OwnCode,
    OwnLink,
    OwnSession,
    Paper,
    PaymentLine,
    PaymentList,
    Person,
    PersonDocument,
    Position,
    Registration,
    SentScan,
    Share,
    TaxPolicy,
    Team,
    Termination,
    TransferReturn,
    UnitPrice,
)
from halopst.partners.queries.own.page import secret_digest
from halopst.partners.secrecy import seal
from tests.accounts.factories import UserFactory
from tests.letters.factories import LetterFactory
from tests.units.factories import HeadOfficeFactory, ProvinceFactory, UnitFactory


def example_nik(number: int, *, born: date = date(1995, 8, 17), female: bool = False) -> str:
    """Well formed, and nobody's: no region has the code 9999."""
    day = born.day + 40 * female
    return f"999901{day:02d}{born:%m%y}{number % 9999 + 1:04d}"


class PersonFactory(ModelFactory[Person]):
    """A mitra; `nik` may be given and is sealed."""

    class Meta:
        model = Person

    class Params:
        number = factory.Sequence(lambda n: 1_000 + n)  # the tests name numbers below themselves

    name = factory.Sequence(lambda n: f"Mitra Contoh {n}")
    birth_date = date(1995, 8, 17)
    sex = Person.Sex.MALE
    address = "Jalan Contoh 1"
    nik = factory.LazyAttribute(lambda person: example_nik(person.number))

    @classmethod
    def _create(cls, model_class, *args, nik, **kwargs):
        person = model_class(*args, **kwargs)
        person.keep_nik(nik)
        person.save()
        return person


class RegistrationFactory(ModelFactory[Registration]):
    class Meta:
        model = Registration

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    year = 2026
    position = Registration.Position.FIELD


class BankAccountFactory(ModelFactory[BankAccount]):
    class Meta:
        model = BankAccount

    person = factory.SubFactory(PersonFactory)
    bank = "Bank Contoh"
    holder = factory.SelfAttribute("person.name")

    @classmethod
    def _create(cls, model_class, *args, number="1234567890", **kwargs):
        account = model_class(*args, **kwargs)
        account.keep_number(number)
        account.save()
        return account


class PersonDocumentFactory(ModelFactory[PersonDocument]):
    class Meta:
        model = PersonDocument

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    kind = PersonDocument.Kind.DIPLOMA
    name = "ijazah.pdf"
    stored_as = factory.Sequence(lambda n: f"mitra/0/{n}")
    content_type = "application/pdf"
    size = 1000


class BlacklistingFactory(ModelFactory[Blacklisting]):
    class Meta:
        model = Blacklisting

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    reason = "Isian dokumen tidak sesuai kunjungan."
    since = date(2026, 3, 1)
    decided_by = factory.SubFactory(UserFactory)


class PositionFactory(ModelFactory[Position]):
    class Meta:
        model = Position

    unit = factory.SubFactory(HeadOfficeFactory)
    code = factory.Sequence(lambda n: f"contoh_{n}")
    name = factory.LazyAttribute(lambda row: f"Petugas {row.code}")
    period = DateRange(date(2020, 1, 1), None)
    basis = "Contoh, bukan aturan resmi"


def a_position(code="pcl_ppl"):
    """The head office's of this code, as long as it has one."""
    found = Position.objects.filter(unit__code="0000", code=code).first()
    return found or PositionFactory(code=code)


class HonorCapFactory(ModelFactory[HonorCap]):
    class Meta:
        model = HonorCap

    province = factory.SubFactory(ProvinceFactory)
    year = 2026
    activity_kind = ActivityKind.SURVEY
    employment = Employment.MITRA
    position = factory.LazyFunction(a_position)
    amount = 3_000_000
    basis = "Contoh, bukan tarif resmi"
    valid_from = factory.LazyAttribute(lambda cap: date(cap.year, 1, 1))


class UnitPriceFactory(ModelFactory[UnitPrice]):
    class Meta:
        model = UnitPrice

    unit = factory.SubFactory(UnitFactory)
    year = 2026
    name = factory.Sequence(lambda n: f"Pencacahan contoh {n}")
    volume_unit = "dokumen"
    amount = 50_000
    basis = "Contoh, bukan harga resmi"
    valid_from = factory.LazyAttribute(lambda price: date(price.year, 1, 1))


class BudgetLineFactory(ModelFactory[BudgetLine]):
    class Meta:
        model = BudgetLine

    unit = factory.SubFactory(UnitFactory)
    year = 2026
    code = factory.Sequence(lambda n: f"054.01.GG.2900.BMA.004.005.{n}.521213")
    name = "Honor petugas contoh"
    ceiling = 100_000_000
    valid_from = date(2026, 1, 2)
    basis = "DIPA contoh"


class CeilingRevisionFactory(ModelFactory[CeilingRevision]):
    """The database writes them with their line; this gives the first one of a new line."""

    class Meta:
        model = CeilingRevision

    line = factory.SubFactory(BudgetLineFactory)

    @classmethod
    def _create(cls, _model, *_args, line):
        return line.revisions.get()


class TaxPolicyFactory(ModelFactory[TaxPolicy]):
    class Meta:
        model = TaxPolicy

    unit = factory.SubFactory(UnitFactory)
    year = 2026
    method = TaxPolicy.Method.ALLOWANCE
    parameters = {"ptkp_month": 4_500_000}
    basis = "Contoh"
    valid_from = factory.LazyAttribute(lambda policy: date(policy.year, 1, 1))


class OfficeRulesFactory(ModelFactory[OfficeRules]):
    class Meta:
        model = OfficeRules

    unit = factory.SubFactory(UnitFactory)


class TeamFactory(ModelFactory[Team]):
    class Meta:
        model = Team

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Tim Contoh {n}")


class ActivityFactory(ModelFactory[Activity]):
    class Meta:
        model = Activity

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"Survei Contoh {n}")
    short_name = factory.Sequence(lambda n: f"Survei {n}")
    period = DateRange(date(2026, 8, 1), date(2026, 9, 1))

    @classmethod
    def _create(cls, model_class, *args, budget_line=None, **kwargs):
        activity = super()._create(model_class, *args, **kwargs)
        year = activity.first_day.year
        line = budget_line or BudgetLineFactory(unit=activity.unit, year=year)
        ActivityPartFactory(activity=activity, year=year, budget_line=line)
        return activity


class ActivityPartFactory(ModelFactory[ActivityPart]):
    """The part of a further year; without one, the part its activity came with."""

    class Meta:
        model = ActivityPart

    activity = factory.SubFactory(ActivityFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        if "year" not in kwargs:
            return kwargs["activity"].parts.get()
        return super()._create(model_class, *args, **kwargs)


class ActivityDutyFactory(ModelFactory[ActivityDuty]):
    """Accepts the unit of its activity, as the tenancy test hands it over."""

    class Meta:
        model = ActivityDuty

    activity = factory.SubFactory(ActivityFactory)
    position = factory.LazyFunction(a_position)
    unit_price = factory.SubFactory(UnitPriceFactory, unit=factory.SelfAttribute("..activity.unit"))


class ImportRunFactory(ModelFactory[ImportRun]):
    class Meta:
        model = ImportRun

    unit = factory.SubFactory(UnitFactory)
    asked_by = factory.SubFactory(UserFactory)
    year = 2026
    name = "mitra.xlsx"
    tables = factory.LazyFunction(
        lambda: [
            {
                "name": "Mitra",
                "heads": ["NIK", "Nama"],
                "head_row": 1,
                "rows": 0,
                "mapping": {"nik": 0, "name": 1},
                "taken": True,
            }
        ]
    )


class ImportFaultFactory(ModelFactory[ImportFault]):
    class Meta:
        model = ImportFault

    run = factory.SubFactory(ImportRunFactory)
    row = 2
    column = "A"
    field = "nik"
    code = "nik-length"


class ImportPieceFactory(ModelFactory[ImportPiece]):
    class Meta:
        model = ImportPiece

    run = factory.SubFactory(ImportRunFactory)
    number = factory.Sequence(int)
    rows = 1
    content = b""


NOVEMBER = date(2026, 11, 1)
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class AssignmentFactory(ModelFactory[Assignment]):
    """Without volume, as a share would have to go with it; accepts the unit of its registration."""

    class Meta:
        model = Assignment

    registration = factory.SubFactory(RegistrationFactory)
    duty = factory.SubFactory(
        ActivityDutyFactory, activity__unit=factory.SelfAttribute("...registration.unit")
    )
    volume = 0
    price = 50_000
    value = factory.LazyAttribute(lambda row: row.volume * row.price)


class ShareFactory(ModelFactory[Share]):
    """All of a small assignment's honor in one month, under a cap."""

    class Meta:
        model = Share

    assignment = factory.SubFactory(AssignmentFactory, volume=2)
    person = factory.SelfAttribute("assignment.registration.person")
    month = date(2026, 8, 1)
    amount = factory.SelfAttribute("assignment.value")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        unit = kwargs["assignment"].registration.unit
        if not HonorCap.objects.filter(province=unit.parent).exists():
            HonorCapFactory(province=unit.parent)
        return super()._create(model_class, *args, **kwargs)


class ExcessFactory(ModelFactory[Excess]):
    class Meta:
        model = Excess

    registration = factory.SubFactory(RegistrationFactory)
    duty = factory.SubFactory(
        ActivityDutyFactory, activity__unit=factory.SelfAttribute("...registration.unit")
    )
    volume = 100
    reason = "over"


class ChangeFactory(ModelFactory[Change]):
    class Meta:
        model = Change

    unit = factory.SubFactory(UnitFactory)
    month = NOVEMBER
    made_at = NOW
    cells = factory.LazyFunction(list)


class ApprovalFactory(ModelFactory[Approval]):
    class Meta:
        model = Approval

    registration = factory.SubFactory(RegistrationFactory)
    month = NOVEMBER
    total = 100_000
    person_total = 100_000
    cap = 3_000_000
    cap_row = factory.SubFactory(
        HonorCapFactory, province=factory.SelfAttribute("..registration.unit.parent")
    )
    cap_basis = "Contoh, bukan tarif resmi"
    lines = factory.LazyFunction(list)
    approved_by = factory.SubFactory(UserFactory)
    approved_at = NOW


class HandoverFactory(ModelFactory[Handover]):
    """Nothing done and nothing due."""

    class Meta:
        model = Handover

    approval = factory.SubFactory(ApprovalFactory)
    handed_on = date(2026, 11, 30)
    due = 0
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW


class DeliveryFactory(ModelFactory[Delivery]):
    """Nothing of two was done, so that it pays nothing."""

    class Meta:
        model = Delivery

    handover = factory.SubFactory(HandoverFactory)
    assignment = factory.SubFactory(
        AssignmentFactory, registration=factory.SelfAttribute("..handover.approval.registration")
    )
    planned = 2
    realised = 0
    amount = 100_000
    due = 0
    deadline = date(2026, 11, 30)


class TerminationFactory(ModelFactory[Termination]):
    class Meta:
        model = Termination

    registration = factory.SubFactory(RegistrationFactory)
    month = NOVEMBER
    contract = factory.SubFactory(LetterFactory, unit=factory.SelfAttribute("..registration.unit"))
    reason = "pasal9"
    explanation = "Pindah ke luar kota."
    effective_on = date(2026, 11, 20)
    lines = factory.LazyFunction(list)
    honor = 0
    training_cost = 0
    ended_by = factory.SubFactory(UserFactory)
    ended_at = NOW


class CapOverrideFactory(ModelFactory[CapOverride]):
    """Asked for; `granted=True` makes it count."""

    class Meta:
        model = CapOverride

    class Params:
        granted = factory.Trait(confirmed_by=factory.SubFactory(UserFactory), confirmed_at=NOW)

    unit = factory.SubFactory(UnitFactory)
    person = factory.SubFactory(PersonFactory)
    month = NOVEMBER
    amount = 5_000_000
    reason = "Hanya satu mitra menguasai wilayah kepulauan ini."
    document = factory.Sequence(lambda n: f"pengecualian/0/{n}")
    document_name = "nota-dinas.pdf"
    document_type = "application/pdf"
    asked_by = factory.SubFactory(UserFactory)
    asked_at = NOW


class MonthTotalFactory(ModelFactory[MonthTotal]):
    class Meta:
        model = MonthTotal

    person = factory.SubFactory(PersonFactory)
    month = NOVEMBER


class PaperFactory(ModelFactory[Paper]):
    """An assignment letter to one person of the staff; not yet a letter."""

    class Meta:
        model = Paper

    unit = factory.SubFactory(UnitFactory)
    kind = Paper.Kind.ORDER
    subject = "pelaksanaan survei contoh"
    considerations = factory.LazyFunction(lambda: ["bahwa survei contoh memerlukan petugas;"])
    bases = factory.LazyFunction(lambda: ["Undang-Undang Nomor 16 Tahun 1997 tentang Statistik."])
    points = factory.LazyFunction(lambda: ["melaksanakan pengawasan survei contoh."])
    first_day = NOVEMBER
    last_day = date(2026, 11, 30)
    people = factory.LazyFunction(
        lambda: [{"name": "Wira Contoh", "number": "199001012015031001", "title": "Statistisi"}]
    )


class OwnLinkFactory(ModelFactory[OwnLink]):
    class Meta:
        model = OwnLink

    unit = factory.SubFactory(UnitFactory)
    person = factory.SubFactory(PersonFactory, email="mitra@contoh.id")
    round = NOW
    expires_at = datetime(2100, 1, 1, tzinfo=UTC)


class OwnCodeFactory(ModelFactory[OwnCode]):
    class Meta:
        model = OwnCode

    key = "k"
    client = "c"
    asked_at = NOW
    expires_at = datetime(2100, 1, 1, tzinfo=UTC)


class OwnSessionFactory(ModelFactory[OwnSession]):
    """A browser that holds `secret`."""

    class Meta:
        model = OwnSession

    class Params:
        secret = factory.Sequence(lambda n: f"rahasia-{n}")

    person = factory.SubFactory(PersonFactory)
    digest = factory.LazyAttribute(lambda session: secret_digest(session.secret))
    began_at = NOW
    expires_at = datetime(2100, 1, 1, tzinfo=UTC)


class OfferAnswerFactory(ModelFactory[OfferAnswer]):
    class Meta:
        model = OfferAnswer

    assignment = factory.SubFactory(AssignmentFactory)
    accepted = True
    volume = factory.SelfAttribute("assignment.volume")
    value = factory.SelfAttribute("assignment.value")
    answered_at = NOW


class AccountRemarkFactory(ModelFactory[AccountRemark]):
    class Meta:
        model = AccountRemark

    person = factory.SubFactory(PersonFactory)
    note = "Nama pemiliknya salah tulis."
    said_at = NOW


class SentScanFactory(ModelFactory[SentScan]):
    class Meta:
        model = SentScan

    letter = factory.SubFactory(LetterFactory)
    person = factory.SubFactory(PersonFactory)
    stored_as = factory.Sequence(lambda n: f"mitra/pindaian/{n}")
    pages = 2
    code_was_read = True
    sent_at = NOW


class PaymentListFactory(ModelFactory[PaymentList]):
    """Empty, unless it is given the sums of the lines that go with it."""

    class Meta:
        model = PaymentList

    unit = factory.SubFactory(UnitFactory)
    month = NOVEMBER
    sequence = 1
    policy = factory.SubFactory(TaxPolicyFactory, unit=factory.SelfAttribute("..unit"))
    method = factory.SelfAttribute("policy.method")
    parameters = factory.SelfAttribute("policy.parameters")
    basis = factory.SelfAttribute("policy.basis")
    people, gross, tax = 0, 0, 0
    net = factory.LazyAttribute(lambda row: row.gross - row.tax)
    made_by = factory.SubFactory(UserFactory)
    made_at = NOW


class PaymentLineFactory(ModelFactory[PaymentLine]):
    """All of what one mitra handed over, untaxed; with a list of its own."""

    class Meta:
        model = PaymentLine

    payment_list = factory.SubFactory(PaymentListFactory, people=1, gross=100_000)
    handover = factory.SubFactory(
        HandoverFactory,
        approval__registration__unit=factory.SelfAttribute("....payment_list.unit"),
        due=100_000,
    )
    person = factory.SelfAttribute("handover.approval.registration.person")
    name = factory.SelfAttribute("person.name")
    gross = factory.SelfAttribute("handover.due")
    tax_base, tax = 0, 0
    net = factory.LazyAttribute(lambda line: line.gross - line.tax)
    bank = "Bank Contoh"
    holder = factory.SelfAttribute("name")
    account_locked = factory.LazyFunction(lambda: seal("1234567890"))
    account_hash = "0" * 64
    tail = "7890"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        handover = kwargs["handover"]
        if not handover.deliveries.exists():
            DeliveryFactory(handover=handover, realised=2, due=handover.due)
        return super()._create(model_class, *args, **kwargs)


class TransferReturnFactory(ModelFactory[TransferReturn]):
    """Of a list paid that day."""

    class Meta:
        model = TransferReturn

    line = factory.SubFactory(PaymentLineFactory)
    returned_on = date(2026, 12, 5)
    reason = "Rekening tidak aktif"
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = NOW

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        pay(kwargs["line"].payment_list)
        return super()._create(model_class, *args, **kwargs)


def pay(payment_list, on=date(2026, 12, 5)):
    """As if its letter had been signed and its money transferred."""
    moves = (
        {"state": "final"},
        {"state": "paid", "paid_on": on, "paid_by": payment_list.made_by},
    )
    for move in moves:
        PaymentList.objects.filter(pk=payment_list.pk).update(**move)
