from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "calendars.hours-set": _("Jam layanan diubah"),
        "calendars.hours-removed": _("Jam layanan dihapus"),
        "calendars.hours-ended": _("Jam layanan diakhiri"),
        "calendars.special-hours-added": _("Jam khusus ditambahkan"),
        "calendars.special-hours-changed": _("Jam khusus diubah"),
        "calendars.special-hours-removed": _("Jam khusus dihapus"),
        "calendars.decree-added": _("Keputusan libur ditambahkan"),
        "calendars.decree-changed": _("Keputusan libur diubah"),
        "calendars.decree-removed": _("Keputusan libur dihapus"),
        "calendars.holiday-added": _("Hari libur ditambahkan"),
        "calendars.holiday-changed": _("Hari libur diubah"),
        "calendars.holiday-removed": _("Hari libur dihapus"),
        "calendars.joint-leave-set": _("Cuti bersama diatur"),
    },
    subjects={
        "calendars.schedule": _("Jam layanan"),
        "calendars.holidaydecree": _("Keputusan libur"),
        "calendars.holiday": _("Hari libur"),
        "calendars.jointleave": _("Cuti bersama"),
    },
)
