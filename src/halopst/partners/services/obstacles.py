"""What stands in the way of a letter about a mitra, in words, each with the page where it is mended."""

from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from halopst.core.formats import language, medium_date, month_and_year
from halopst.letters.models import Letter, Signatory
from halopst.letters.queries import mended_by, where_appointed
from halopst.partners import permissions
from halopst.partners.models import Activity, Person, Registration, Share
from halopst.units.models import Unit

NO_NIK = _("NIK mitra ini belum diisi, atau tidak terbaca. Lengkapi dahulu di halaman mitranya.")
NO_OFFICIAL = _(
    "Belum ada Pejabat Pembuat Komitmen yang menjabat pada %(hari)s, tanggal suratnya. "
    "Catat dahulu penanda tangannya."
)
NO_ADDRESS = _("Alamat mitra ini belum diisi. Lengkapi dahulu di halaman mitranya.")
OTHER_YEAR = _(
    "Honor %(kegiatan)s tahun %(tahun)d masih dibebankan ke MAK tahun %(lama)d. "
    "Pilih MAK tahun %(tahun)d di halaman kegiatannya."
)

IDLE = _(
    "Mitra ini tidak aktif lagi, atau masuk daftar hitam pada bulan kerjanya. Tarik persetujuan bulannya; "
    "bila keliru, betulkan dahulu di halaman mitranya."
)
WITHDRAWN = _("Alokasi bulan ini belum disetujui, atau persetujuannya ditarik. Setujui dahulu.")
NO_WORK = _("Realisasi bulan ini belum dicatat, atau alokasinya tidak lagi disetujui. Catat dahulu.")
UNAPPROVED = _("Honor kegiatan ini belum disetujui. Setujui dahulu.")
OTHER_MONTH = _(
    "Honor %(kegiatan)s bulan %(bulan)s belum disetujui. Setujui dahulu: satu perjanjian memuat semua bulan."
)
BOUND = _(
    "Pekerjaan ini sudah terikat perjanjian jenis lain, dari sebelum aturan satker diganti. Batalkan dahulu "
    "perjanjian itu bila pekerjaannya diperjanjikan lagi, atau perjanjikan sisanya dengan jenis semula."
)
AMENDED = _(
    "Perjanjian ini sudah diubah dengan adendum yang berlaku. Batalkan dahulu adendum itu bila perjanjiannya "
    "hendak diganti."
)
RENEWED = _("Perjanjian baru untuk pekerjaan ini sudah dibuat, jadi adendum tidak diperlukan lagi.")

mended_by("partners:approvals", permissions.APPROVE, _("Minta kepala satker (KPA) menyetujuinya."))
mended_by("partners:handovers", permissions.ALLOCATE, _("Minta ketua tim mencatatnya."))
for _page in (
    "partners:edit",
    "partners:year",
    "partners:person",
    "partners:activity",
    "partners:edit-paper",
):
    mended_by(_page, permissions.MANAGE, _("Minta ketua tim melengkapinya."))
mended_by("partners:edit-activity", permissions.MANAGE, _("Minta ketua tim membukanya."))
mended_by("partners:shelf", permissions.CONFIGURE, _("Minta admin atau kepala satker menambahkannya."))
mended_by("partners:ceiling", permissions.CONFIGURE, _("Minta admin atau kepala satker merevisi pagunya."))


def no_official(unit: Unit, day: date) -> tuple[str, str]:
    """The obstacle that nobody signs on that day, with the page where that is mended."""
    said = str(NO_OFFICIAL) % {"hari": medium_date(day, lang=language())}
    return said, where_appointed(unit, Signatory.Role.COMMITMENT)


def charging(share: Share) -> tuple[str, str]:
    """The obstacle that work is charged to another year's budget line, with the page to change that."""
    registration, activity = share.assignment.registration, share.assignment.duty.activity
    said = {"kegiatan": activity.name, "tahun": registration.year, "lama": share.budget_line.year}
    page = reverse("partners:activity", args=[registration.unit.slug, activity.pk])
    return str(OTHER_YEAR) % said, f"{page}#tahun"


def without_nik(unit: Unit, person: Person) -> tuple[str, str]:
    """The obstacle that the NIK is missing, with the page where it is typed."""
    return str(NO_NIK), reverse("partners:edit", args=[unit.slug, person.pk])


def without_address(unit: Unit, person: Person) -> tuple[str, str]:
    """The obstacle that the address is missing, with the page where it is typed."""
    return str(NO_ADDRESS), reverse("partners:edit", args=[unit.slug, person.pk])


def lacks_of(unit: Unit, person: Person) -> list[tuple[str, str]]:
    """What every letter says of a mitra and the register lacks, each with where it is typed."""
    number = [] if person.nik_hash else [without_nik(unit, person)]
    return number if person.address.strip() else [*number, without_address(unit, person)]


def unapproved(registration: int, month: date) -> tuple[str, str]:
    """The obstacle that a month is not approved, with the page where its mitra waits."""
    return str(WITHDRAWN), _found_on("partners:approvals", registration, month)


def other_month(registration: Registration, activity: str, month: date) -> tuple[str, str]:
    """The obstacle that another month of the same contract is not approved, with the page where it waits."""
    said = {"kegiatan": activity, "bulan": month_and_year(month, lang=language())}
    return str(OTHER_MONTH) % said, _line_of("partners:approvals", registration, month)


def unrecorded(registration: int, month: date) -> tuple[str, str]:
    """The obstacle that a month's work is not recorded as handed over, with the page to record it."""
    return str(NO_WORK), _found_on("partners:handovers", registration, month)


def _found_on(page: str, registration: int, month: date) -> str:
    """The mitra's line of a month on one of its pages."""
    row = Registration.objects.select_related("unit", "person").filter(pk=registration).first()
    return _line_of(page, row, month) if row else ""


def _line_of(page: str, row: Registration, month: date) -> str:
    query = urlencode({"bulan": f"{month:%Y-%m}", "q": row.person.name})
    return f"{reverse(page, args=[row.unit.slug])}?{query}"


def not_given(registration: Registration) -> tuple[str, str]:
    """The obstacle that the mitra must not be given work, by their year's status or the blacklist."""
    where = [registration.unit.slug, registration.person_id]
    if registration.status != Registration.Status.ACTIVE:
        return str(IDLE), reverse("partners:year", args=where)
    return str(IDLE), f"{reverse('partners:person', args=where)}#daftar-hitam"


def where_refused(registration: Registration, activity: Activity, month: date, reason: str) -> str:
    """The page where what stood in the way of a volume is mended; nothing where the volume itself did."""
    found = REFUSED_AT.get(reason)
    return found(registration, activity, month) if found else ""


def _ceiling(registration: Registration, activity: Activity, month: date) -> str:
    line = activity.line_of(month.year)
    return reverse("partners:ceiling", args=[registration.unit.slug, line.pk]) if line else ""


def _of_unit(page: str, registration: Registration, *more: object) -> str:
    return reverse(f"partners:{page}", args=[registration.unit.slug, *more])


REFUSED_AT: Mapping[str, Callable[[Registration, Activity, date], str]] = {
    "uncapped": lambda row, _activity, month: f"{_of_unit('shelf', row, 'batas')}?tahun={month.year}",
    "budget": _ceiling,
    "unbudgeted": lambda row, activity, _month: f"{_of_unit('activity', row, activity.pk)}#tahun",
    "inactive": lambda row, _activity, _month: not_given(row)[1],
    "closed": lambda row, activity, _month: _of_unit("edit-activity", row, activity.pk),
    "paying": lambda row, _activity, month: _found_on("partners:payments", row.pk, month),
    "ended": lambda row, _activity, month: f"{_of_unit('contracts', row)}?bulan={month:%Y-%m}",
}


def bound_by(letter: int) -> tuple[str, str]:
    """The obstacle that a contract of the other kind, here named, covers the work already."""
    return str(BOUND), reverse("letters:letter", args=[letter])


def amended_by(about: str, letter: int) -> tuple[str, str] | None:
    """The obstacle that this contract's addendum, or this addendum's contract, is in force; else None."""
    kind, subject = about.split(":", 1)
    row = Letter.objects.filter(pk=letter, about__endswith=f":{subject}").first()
    if row is None:
        return None
    return str(RENEWED if kind.endswith("addendum") else AMENDED), reverse("letters:letter", args=[letter])
