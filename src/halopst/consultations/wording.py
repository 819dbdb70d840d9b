"""How a consultation is put into words: one place, so that every channel tells the same instant."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halopst.consultations.models import Consultation, Mode
from halopst.core import formats
from halopst.core.formats import Lang, language
from halopst.units.models import Unit

MODE_ICONS = {Mode.ONLINE.value: "video", Mode.ON_SITE.value: "map-pin", Mode.PHONE.value: "phone"}


_ZONES = {
    Unit.Zone.WIB.value: gettext_lazy("Waktu Indonesia Barat (WIB)"),
    Unit.Zone.WITA.value: gettext_lazy("Waktu Indonesia Tengah (WITA)"),
    Unit.Zone.WIT.value: gettext_lazy("Waktu Indonesia Timur (WIT)"),
}


def zone_name(unit: Unit) -> str:
    return str(_ZONES[unit.zone])


def lang_of(code: str) -> Lang:
    return "en" if code.startswith("en") else "id"


def span(consultation: Consultation, lang: Lang) -> str:
    """`Senin, 23 November 2026, 10.00–10.45 WIB`, in the zone of the office."""
    zone, reservation = consultation.case.unit.zone, consultation.reservation
    day = formats.long_date(reservation.starts_at.astimezone(formats.zone(zone)).date(), lang=lang)
    return f"{day}, {formats.clock_range(reservation.starts_at, reservation.ends_at, zone, lang=lang)}"


def place(consultation: Consultation) -> str:
    """Where to go, what to open or who calls; said in the active language."""
    if consultation.mode == Mode.ON_SITE:
        unit = consultation.case.unit
        return f"{unit.name}, {unit.address}" if unit.address else unit.name
    if consultation.mode == Mode.PHONE:
        return _("Petugas menelepon %(phone)s") % {"phone": formats.phone(consultation.phone)}
    return consultation.meeting_link or _("Tautan menyusul")


def values(consultation: Consultation, lang: Lang, **more: str) -> dict[str, str]:
    """Every variable a notice may use."""
    due = consultation.answer_due_at
    with translation.override(lang):
        return {
            "nama": str(consultation.case.visitor),
            "nomor": consultation.case.number,
            "ahli": consultation.expert.display_name,
            "satker": consultation.case.unit.name,
            "topik": consultation.topic,
            "waktu": span(consultation, lang),
            "cara": consultation.get_mode_display(),
            "tempat": place(consultation),
            "batas": formats.moment(due, consultation.case.unit.zone, lang=lang),
            "pesan": "",
            "hasil": consultation.get_result_display(),
            **more,
        }


_HAPPENED = {
    Consultation.Status.REQUESTED: gettext_lazy("Permintaan ini menunggu jawaban %(expert)s untuk %(time)s."),
    Consultation.Status.PROPOSED: gettext_lazy("%(expert)s sudah mengusulkan %(time)s kepada pemohon."),
    Consultation.Status.APPROVED: gettext_lazy(
        "Konsultasi ini sudah disetujui untuk %(time)s bersama %(expert)s."
    ),
    Consultation.Status.CHECKED_IN: gettext_lazy("Pemohon sudah hadir untuk konsultasi %(time)s."),
    Consultation.Status.ONGOING: gettext_lazy("Konsultasi ini sedang berlangsung bersama %(expert)s."),
    Consultation.Status.FINISHED: gettext_lazy("Konsultasi ini sudah selesai."),
    Consultation.Status.CANCELLED: gettext_lazy("Konsultasi ini sudah dibatalkan."),
    Consultation.Status.DECLINED: gettext_lazy("Konsultasi ini sudah dijawab: belum dapat dilayani."),
    Consultation.Status.VISITOR_ABSENT: gettext_lazy(
        "Konsultasi ini sudah ditutup karena pemohon tidak hadir."
    ),
    Consultation.Status.OFFICER_ABSENT: gettext_lazy("Petugas dilaporkan tidak hadir pada konsultasi ini."),
}


def what_happened(consultation: Consultation) -> str:
    """One sentence for someone who came second."""
    return str(_HAPPENED[Consultation.Status(consultation.state)]) % {
        "expert": consultation.expert.display_name,
        "time": span(consultation, language()),
    }
