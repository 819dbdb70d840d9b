from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "notifications.preferences-saved": _("Pilihan pemberitahuan disimpan"),
        "notifications.unsubscribed": _("Berhenti berlangganan"),
        "notifications.quiet-hours-set": _("Jam tenang diatur"),
        "notifications.sent-again": _("Pesan dikirim ulang"),
        "notifications.text-drafted": _("Rancangan teks ditulis"),
        "notifications.text-published": _("Teks pemberitahuan terbit"),
        "notifications.text-withdrawn": _("Teks pemberitahuan ditarik"),
        "notifications.text-tried": _("Teks dicoba kirim"),
    },
    subjects={
        "notifications.text": _("Teks pemberitahuan"),
        "notifications.notice": _("Pemberitahuan"),
        "notifications.quiethours": _("Jam tenang"),
        "notifications.delivery": _("Pesan keluar"),
    },
)
