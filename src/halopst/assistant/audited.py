from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "assistant.channels-set": _("Saluran AIDA diatur"),
        "assistant.answer-drafted": _("Jawaban umum disusun dari permintaan"),
    },
    subjects={
        "assistant.officechannels": _("Saluran AIDA"),
        "assistant.publicanswer": _("Jawaban umum"),
    },
)
