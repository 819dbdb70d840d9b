"""What is written down of finished work, one assignment at a time."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from halopst.core.forms import DayField
from halopst.partners.models import MOST_VOLUME
from halopst.partners.queries.handovers import Plan
from halopst.partners.services.handing_over import BEST, LONGEST_NOTE, Done

MARKS = [("", _("belum dinilai")), *((str(mark), str(mark)) for mark in range(1, BEST + 1))]


class HandedOnForm(forms.Form):
    handed_on = DayField(label=_("Diserahkan pada"))


class DoneForm(forms.Form):
    """What was done of one `plan`; its fields begin with the assignment, so that several share a page."""

    realised = forms.IntegerField(
        label=_("Realisasi"),
        min_value=0,
        max_value=MOST_VOLUME,
        localize=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    finished_on = DayField(label=_("Selesai pada"), required=False)
    quality = forms.TypedChoiceField(
        label=_("Mutu"), choices=MARKS, coerce=int, empty_value=None, required=False
    )
    note = forms.CharField(
        label=_("Catatan"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("Wajib bila realisasi melebihi target."),
    )

    def __init__(self, data: QueryDict | None = None, *, plan: Plan) -> None:
        self.plan = plan
        kept = plan.delivery
        initial: dict[str, Any] = {"realised": plan.planned, "finished_on": None, "quality": None, "note": ""}
        if kept:
            initial = {name: getattr(kept, name) for name in initial}
        super().__init__(data, prefix=f"t{plan.assignment}", initial=initial)

    @property
    def done(self) -> Done:
        return Done(**self.cleaned_data)
