from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "consultations.requested": _("Konsultasi diajukan"),
        "consultations.approved": _("Konsultasi disetujui"),
        "consultations.relinked": _("Tautan pertemuan diganti"),
        "consultations.proposed": _("Waktu lain diusulkan"),
        "consultations.accepted": _("Usulan waktu diterima"),
        "consultations.refused": _("Usulan waktu ditolak"),
        "consultations.passed": _("Konsultasi diserahkan"),
        "consultations.declined": _("Konsultasi ditolak"),
        "consultations.rescheduled": _("Jadwal diubah pemohon"),
        "consultations.cancelled": _("Konsultasi dibatalkan"),
        "consultations.lapsed": _("Usulan waktu kedaluwarsa"),
        "consultations.followed_case": _("Berakhir bersama permintaannya"),
        "consultations.checked_in": _("Pemohon hadir"),
        "consultations.started": _("Konsultasi dimulai"),
        "consultations.finished": _("Konsultasi selesai"),
        "consultations.visitor_absent": _("Pemohon tidak hadir"),
        "consultations.officer_absent": _("Petugas tidak hadir"),
        "consultations.feed_renewed": _("Alamat kalender dibuat"),
        "consultations.feed_revoked": _("Alamat kalender dicabut"),
        "consultations.policy_set": _("Aturan konsultasi diubah"),
        "consultations.erased": _("Isi konsultasi dihapus"),
    },
    subjects={
        "consultations.consultation": _("Konsultasi"),
        "consultations.policy": _("Aturan konsultasi"),
        "consultations.calendarfeed": _("Alamat kalender"),
    },
)
