from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import Membership
from halopst.units.models import Unit


class UnitField(forms.CharField):
    """An office typed or picked from the browser's list, by code or name; only those it was given."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Satker"), max_length=250, **kwargs)
        self.widget.attrs |= {"list": "satker", "autocomplete": "off"}
        self.units: QuerySet[Unit] = Unit.objects.none()

    def clean(self, value: Any) -> Unit:
        text = super().clean(value).strip()
        units = self.units
        unit = units.filter(code=text[:4]).first() or units.filter(name__iexact=text).first()
        if unit is None:
            raise forms.ValidationError(_("Pilih satker dari daftar. Contoh: 3578 atau namanya."))
        return unit


class UnitForm(forms.Form):
    """A form about one of the offices whose people the actor manages."""

    unit = UnitField()
    role = forms.ChoiceField(
        label=_("Peran"), choices=Membership.Role.choices, initial=Membership.Role.OFFICER
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.units = units
        only = list(units[:2])
        if len(only) == 1:
            field.initial = f"{only[0].code} {only[0].name}"
        self.choices = units


class RoleForm(UnitForm):
    """A role for someone we know."""


class InvitationForm(UnitForm):
    name = forms.CharField(label=_("Nama"), max_length=150)
    email = forms.EmailField(
        label=_("Surel kantor"),
        max_length=254,
        error_messages={"invalid": _("Surel belum lengkap. Contoh: nama@bps.go.id")},
    )
    field_order = ["name", "email", "unit", "role"]


class MappingForm(UnitForm):
    organisation = forms.CharField(label=_("Kode organisasi"), max_length=20)
    role = forms.ChoiceField(
        label=_("Peran"),
        choices=[choice for choice in Membership.Role.choices if choice[0] != Membership.Role.ADMIN],
        initial=Membership.Role.OFFICER,
    )
    legal_basis = forms.CharField(label=_("Dasar"), max_length=200, required=False)
    field_order = ["organisation", "unit", "role", "legal_basis"]


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "input num"}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    """What part of the record to show."""

    q = forms.CharField(max_length=100, required=False)
    dari = forms.DateField(label=_("Dari"), required=False, widget=Day)
    sampai = forms.DateField(label=_("Sampai"), required=False, widget=Day)
