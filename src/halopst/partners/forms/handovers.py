"""What is written down of finished work, one assignment at a time; and of work broken off."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from halopst.core.formats import language, medium_date
from halopst.core.forms import DayField
from halopst.partners.forms.reference import RupiahField
from halopst.partners.models import Termination
from halopst.partners.queries.handovers.recorded import Plan
from halopst.partners.rules.volumes import MOST_VOLUME
from halopst.partners.services.handovers.handing_over import BEST, LONGEST_NOTE, Done

MARKS = [
    ("", _("belum dinilai")),
    ("1", _("1, kurang")),
    *((str(mark), str(mark)) for mark in range(2, BEST)),
    (str(BEST), _("5, sangat baik")),
]


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


class TerminationForm(forms.Form):
    """Why a contract ends, since when, and what of each plan was done by then."""

    reason = forms.ChoiceField(
        label=_("Alasan"), choices=Termination.Reason.choices, widget=forms.RadioSelect
    )
    explanation = forms.CharField(
        label=_("Uraian"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tercetak di surat: apa yang terjadi, sejak kapan."),
    )
    effective_on = DayField(label=_("Berlaku mulai"))
    training_cost = RupiahField(
        label=_("Biaya pelatihan yang dikembalikan"),
        least=0,
        required=False,
        help_text=_("Hanya untuk Pasal 8 dan 9."),
    )

    def __init__(
        self, data: QueryDict | None = None, *, plans: Sequence[Plan], days: tuple[date, date]
    ) -> None:
        super().__init__(data)
        self.plans = plans
        first, last = (medium_date(day, lang=language()) for day in days)
        self.fields["effective_on"].help_text = _("Dari %(awal)s sampai %(akhir)s.") % {
            "awal": first,
            "akhir": last,
        }
        for plan in plans:
            self.fields[f"r{plan.assignment}"] = forms.IntegerField(
                label=_("Realisasi %(kegiatan)s") % {"kegiatan": plan.activity},
                min_value=0,
                max_value=plan.planned,
                help_text=_("Dari %(target)s %(satuan)s; isi 0 bila belum ada.")
                % {"target": plan.planned, "satuan": plan.volume_unit},
            )

    @property
    def decided(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        realised = {plan.assignment: given.pop(f"r{plan.assignment}") for plan in self.plans}
        return {**given, "training_cost": given["training_cost"] or 0, "realised": realised}
