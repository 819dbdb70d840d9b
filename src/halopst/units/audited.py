from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "units.unit-added": _("Satker ditambahkan"),
        "units.identity-changed": _("Identitas satker diubah"),
        "units.contact-changed": _("Alamat dan kontak diubah"),
        "units.services-chosen": _("Layanan satker dipilih"),
        "units.standard-drafted": _("Rancangan standar dibuat"),
        "units.standard-changed": _("Rancangan standar diubah"),
        "units.standard-discarded": _("Rancangan standar dibuang"),
        "units.standard-published": _("Standar pelayanan terbit"),
        "units.standard-ended": _("Standar pelayanan diakhiri"),
        "units.template-changed": _("Standar bawaan diubah"),
        "units.maklumat-written": _("Rancangan maklumat ditulis"),
        "units.maklumat-published": _("Maklumat terbit"),
        "units.maklumat-discarded": _("Rancangan maklumat dibuang"),
    },
    subjects={
        "units.unit": _("Satker"),
        "units.servicestandard": _("Standar pelayanan"),
        "units.standardtemplate": _("Standar bawaan"),
        "units.platformtext": _("Teks bawaan"),
        "units.maklumat": _("Maklumat"),
    },
)
