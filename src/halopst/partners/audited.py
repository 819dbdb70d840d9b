from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={},
    subjects={
        "partners.person": _("Mitra"),
    },
)
