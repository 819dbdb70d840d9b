from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "accounts.signed-in": _("Masuk"),
        "accounts.sign-in-failed": _("Gagal masuk"),
        "accounts.signed-up": _("Akun dibuat"),
        "accounts.address-changed": _("Surel akun diganti"),
        "accounts.profile-updated": _("Profil diubah"),
        "accounts.consent-given": _("Persetujuan diberikan"),
        "accounts.consent-withdrawn": _("Persetujuan ditarik"),
        "accounts.invited": _("Pengguna diundang"),
        "accounts.invitation-withdrawn": _("Undangan ditarik"),
        "accounts.role-given": _("Peran diberikan"),
        "accounts.role-taken": _("Peran dicabut"),
        "accounts.mapping-added": _("Pemetaan peran ditambahkan"),
        "accounts.mapping-removed": _("Pemetaan peran dihapus"),
        "accounts.reactivated": _("Akun diaktifkan lagi"),
        "accounts.deactivated": _("Akun dinonaktifkan"),
        "accounts.token-created": _("Token API dibuat"),
        "accounts.token-revoked": _("Token API dicabut"),
        "accounts.erasure-requested": _("Penghapusan data dimohonkan"),
        "accounts.erasure-withdrawn": _("Permohonan penghapusan ditarik"),
        "accounts.erased": _("Data pribadi dihapus"),
    },
    subjects={
        "accounts.user": _("Pengguna"),
        "accounts.membership": _("Peran"),
        "accounts.invitation": _("Undangan"),
        "accounts.consent": _("Persetujuan"),
        "accounts.apitoken": _("Token API"),
        "accounts.erasurerequest": _("Permohonan penghapusan"),
        "accounts.organisationmapping": _("Pemetaan peran"),
    },
)
