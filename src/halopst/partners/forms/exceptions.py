"""What has to be said of an exception to the cap."""

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.partners.forms.reference import RupiahField


class ExceptionForm(forms.Form):
    """What has to be said when somebody asks for more than the cap."""

    amount = RupiahField(
        label=_("Batas yang diminta"),
        help_text=_("Jumlah seluruhnya sebulan dari semua kegiatan semua kantor, bukan tambahannya."),
    )
    reason = forms.CharField(label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(
        label=_("Dokumen pendukung"), help_text=_("PDF, JPG, atau PNG, paling besar 5 MB.")
    )


class DecliningForm(forms.Form):
    """Why it is declined or taken back; `seen` is how it stood on the page."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh yang mengajukan, dan tersimpan di catatan audit."),
        error_messages={"required": _("Tulis alasannya. Yang mengajukan akan membacanya.")},
    )
    seen = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
