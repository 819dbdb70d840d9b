from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.core.forms import DayField


class PaidForm(forms.Form):
    paid_on = DayField(label=_("Tanggal bayar"), help_text=_("Tanggal bank mentransfer honornya."))


class CancelListForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan batal"), max_length=300, help_text=_("Contoh: rekening satu mitra salah.")
    )


class ReturnForm(forms.Form):
    returned_on = DayField(label=_("Tanggal retur"), help_text=_("Tanggal bank mengembalikan dananya."))
    reason = forms.CharField(
        label=_("Alasan dari bank"), max_length=300, help_text=_("Contoh: rekening tidak aktif.")
    )
