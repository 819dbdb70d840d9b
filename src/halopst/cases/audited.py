from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "case.opened": _("Permintaan masuk"),
        "case.completed": _("Permintaan dinyatakan lengkap"),
        "case.assigned": _("Petugas ditetapkan"),
        "case.replied": _("Permintaan ditanggapi"),
        "case.resumed": _("Jam layanan dilanjutkan"),
        "case.finished": _("Permintaan selesai"),
        "case.cancelled": _("Permintaan dibatalkan"),
        "case.reopened": _("Permintaan dibuka lagi"),
        "case.file_attached": _("Berkas dilampirkan"),
        "case.link_sent": _("Tautan lacak dikirim"),
        "case.late_warned": _("Petugas diingatkan batas waktu"),
        "case.late": _("Permintaan terlambat"),
        "case.unanswered": _("Tanggapan pertama terlambat"),
        "case.silence_warned": _("Pemohon diingatkan"),
        "case.closed_silent": _("Ditutup karena tanpa balasan"),
        "case.erased": _("Identitas pemohon dihapus"),
        "case.follow_up_set": _("Aturan tindak lanjut diubah"),
        "cases.deadlines_recomputed": _("Batas waktu dihitung ulang"),
    },
    subjects={
        "cases.case": _("Permintaan"),
        "cases.followuppolicy": _("Aturan tindak lanjut"),
    },
)
