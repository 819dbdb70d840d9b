"""The figures money rests on: each row with its basis and first day; a new figure is a new row."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import in_turn, refuse_on, violated
from halopst.core.errors import Invalid, Refused
from halopst.core.formats import language, medium_date, rupiah
from halopst.partners import permissions
from halopst.partners.models import (
    BudgetLine,
    HonorCap,
    OfficeRules,
    Position,
    TaxPolicy,
    Team,
    UnitPrice,
)
from halopst.partners.services.authority import must, must_be_as_seen
from halopst.units.models import Unit

Row = TypeVar("Row", bound=Position | HonorCap | UnitPrice | BudgetLine | TaxPolicy | Team)
WITHIN = "honor_stays_within_the_cap"


class AlreadyThere(Refused):
    message = _("Baris yang sama sudah ada. Ubah tanggal mulainya, atau hapus baris yang salah dulu.")


class LineAlreadyThere(Refused):
    message = _("MAK itu sudah ada di tahun anggaran itu. Pakai yang ada, atau revisi pagunya.")


class PositionOverlaps(Refused):
    message = _("Jabatan dengan kode itu masih berlaku pada masa itu. Akhiri dulu yang lama di daftar ini.")


class StillUsed(Refused):
    message = _(
        "Baris ini sudah dipakai kegiatan, alokasi, atau daftar pembayaran, jadi tidak dapat dihapus. "
        "Tambahkan baris baru."
    )


class CapBelowPlans(Refused):
    message = _(
        "Ada honor bulan ini atau sesudahnya yang belum disetujui dan melebihi batas itu. "
        "Kurangi dahulu di lembar alokasi, lalu tambahkan batasnya."
    )


class CapsOfProvinces(Refused):
    message = _("Batas honor ditetapkan per provinsi. Tambahkan di satker provinsinya.")


class CapStillNeeded(Refused):
    message = _("Ada honor yang hanya memakai batas ini. Tambahkan penggantinya sebelum menghapusnya.")


class BelowWhatIsUsed(Refused):
    message = _(
        "Dari MAK ini sudah dialokasikan %(used)s, jadi pagunya tidak dapat kurang dari itu. "
        "Kurangi alokasinya dulu."
    )

    def __init__(self, line: BudgetLine) -> None:
        super().__init__(str(self.message) % {"used": rupiah(line.used, lang=language())})


class RevisionOutOfOrder(Refused):
    message = _(
        "Revisi terakhir MAK ini ke-%(n)d, tanggal %(day)s. Isi nomor yang lebih besar dan tanggal yang "
        "tidak lebih awal."
    )

    def __init__(self, line: BudgetLine) -> None:
        said = {"n": line.revision, "day": medium_date(line.valid_from, lang=language())}
        super().__init__(str(self.message) % said)


class RevisionNotYet(Invalid):
    message = _("Tanggal revisi belum tiba. Masukkan pada hari dokumennya berlaku.")


REFUSED: dict[str | None, type[Refused]] = {
    "one_cap_per_line_and_day": AlreadyThere,
    "one_price_per_work_and_day": AlreadyThere,
    "one_tax_policy_per_office_and_day": AlreadyThere,
    "one_team_per_name_and_office": AlreadyThere,
    "one_budget_line_per_code_and_year": LineAlreadyThere,
    "one_position_per_code_at_a_time": PositionOverlaps,
    WITHIN: CapBelowPlans,
}


@transaction.atomic
def add_row(actor: Actor, row: Row) -> Row:
    """Add a figure to the office that `row` names. A form has already checked its fields."""
    must(actor, permissions.CONFIGURE, owner_id(row))
    if isinstance(row, HonorCap) and row.province.kind != Unit.Kind.PROVINCE:
        raise CapsOfProvinces
    if isinstance(row, Position):
        in_turn(f"partners.position:{row.unit_id}:{row.code}")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if (refusal := REFUSED.get(violated(error))) is None:
            raise
        raise refusal from error
    record(actor, f"partners.{_name(row)}-added", row, unit_id=owner_id(row), **_figures(row))
    return row


@transaction.atomic
def remove_row(actor: Actor, row: Row) -> None:
    """Remove a mistyped figure; the record keeps what it was. Refused once anything rests on it."""
    must(actor, permissions.CONFIGURE, owner_id(row))
    record(actor, f"partners.{_name(row)}-removed", row, unit_id=owner_id(row), **_figures(row))
    try:
        with refuse_on("honor_has_a_cap", CapStillNeeded), refuse_on(WITHIN, CapBelowPlans):
            row.delete()
    except ProtectedError as error:
        raise StillUsed from error


@transaction.atomic
def revise_ceiling(
    actor: Actor,
    line: BudgetLine,
    *,
    revision: int,
    ceiling: int,
    valid_from: date,
    basis: str,
    today: date,
) -> BudgetLine:
    """A revision of the budget (POK): its number, date and document, and the ceiling it sets from now on."""
    must(actor, permissions.CONFIGURE, line.unit_id)
    if valid_from > today:
        raise RevisionNotYet
    line = BudgetLine.objects.locked(line.pk)
    if revision <= line.revision or valid_from < line.valid_from:
        raise RevisionOutOfOrder(line)
    if ceiling < line.used:
        raise BelowWhatIsUsed(line)
    before = line.ceiling
    line.revision, line.ceiling, line.valid_from, line.basis = revision, ceiling, valid_from, basis
    line.save(update_fields=["revision", "ceiling", "valid_from", "basis", "updated_at"])
    figures = {"revision": revision, "before": before, "after": ceiling}
    day = str(valid_from)
    record(actor, "partners.ceiling-revised", line, **figures, valid_from=day, basis=basis)
    return line


@transaction.atomic
def set_office_rules(
    actor: Actor, unit: Unit, *, version: datetime | None = None, **values: Any
) -> OfficeRules:
    """`values` are fields of the rules; those not given stay as they are.

    With `version`, only where the rules are as when they were read.
    """
    must(actor, permissions.CONFIGURE, unit.pk)
    Unit.objects.locked(unit.pk)  # two who set them first would both find none
    must_be_as_seen(OfficeRules.objects.filter(unit=unit).first(), version)
    rules, _added = OfficeRules.objects.update_or_create(unit=unit, defaults=values)
    record(actor, "partners.rules-set", rules, unit_id=unit.pk, **values)
    return rules


def owner_id(row: models.Model) -> int:
    """The office a figure belongs to: its province for a cap."""
    owner: int = row.province_id if isinstance(row, HonorCap) else row.unit_id  # type: ignore[attr-defined]  # every other figure has a unit
    return owner


def _name(row: models.Model) -> str:
    return row._meta.model_name or ""


def _figures(row: models.Model) -> dict[str, Any]:
    """What the record keeps of a figure: all of it, as JSON."""
    kept = {}
    for field in row._meta.concrete_fields:
        if field.name not in {"id", "created_at", "updated_at", "used", "unit", "province"}:
            value = field.value_from_object(row)
            kept[field.attname] = value if isinstance(value, int | str | dict | None) else str(value)
    return kept
