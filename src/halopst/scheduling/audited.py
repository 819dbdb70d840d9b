from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "scheduling.expert-added": _("Ahli ditambahkan"),
        "scheduling.expert-returned": _("Ahli bertugas lagi"),
        "scheduling.expert-retired": _("Ahli berhenti bertugas"),
        "scheduling.profile-edited": _("Profil ahli diubah"),
        "scheduling.photo-set": _("Foto ahli dipasang"),
        "scheduling.photo-removed": _("Foto ahli dihapus"),
        "scheduling.field-added": _("Bidang keahlian ditambahkan"),
        "scheduling.field-edited": _("Bidang keahlian diubah"),
        "scheduling.field-moved": _("Urutan bidang diubah"),
        "scheduling.hours-added": _("Jam praktik ditambahkan"),
        "scheduling.availability-removed": _("Jam praktik dihapus"),
        "scheduling.exception-added": _("Pengecualian ditambahkan"),
        "scheduling.availabilityexception-removed": _("Pengecualian dihapus"),
        "scheduling.leave-taken": _("Cuti dicatat"),
        "scheduling.leave-removed": _("Cuti dihapus"),
        "scheduling.policy-set": _("Aturan janji temu diubah"),
        "scheduling.policy-dropped": _("Aturan khusus ahli dilepas"),
    },
    subjects={
        "scheduling.expert": _("Ahli"),
        "scheduling.field": _("Bidang keahlian"),
        "scheduling.bookingpolicy": _("Aturan janji temu"),
    },
)
