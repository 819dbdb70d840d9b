from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halopst.notifications.kinds import Group
from halopst.notifications.models import Channel, QuietHours, Text
from halopst.notifications.queries import DEFAULT_QUIET

Choice = tuple[str, str]


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class PreferencesForm(forms.Form):
    """One box per group and channel, the consent to WhatsApp with its number, and one's own quiet hours."""

    whatsapp = forms.BooleanField(
        label=_(
            "Kirimi saya pesan lewat WhatsApp. Saya dapat berhenti kapan saja di sini atau membalas STOP."
        ),
        required=False,
    )
    phone = forms.CharField(label=_("Nomor WhatsApp"), required=False, max_length=30)
    own_hours = forms.BooleanField(label=_("Atur jam tenang saya sendiri"), required=False)
    quiet_starts = _clock(_("Mulai"))
    quiet_ends = _clock(_("Sampai"))

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        for group in groups:
            for channel in Channel:
                label = _("%(group)s lewat %(channel)s") % {"group": group.label, "channel": channel.label}
                self.fields[f"{group}-{channel}"] = forms.BooleanField(label=label, required=False)

    @property
    def offered(self) -> set[Choice]:
        return {(str(group), str(channel)) for group in self.groups for channel in Channel}

    @property
    def wanted(self) -> set[Choice]:
        return {
            (group, channel) for group, channel in self.offered if self.cleaned_data[f"{group}-{channel}"]
        }

    @property
    def quiet(self) -> tuple[time, time] | None:
        """The hours one chose, or None to follow the office."""
        if not self.cleaned_data["own_hours"]:
            return None
        starts, ends = DEFAULT_QUIET
        return (self.cleaned_data["quiet_starts"] or starts, self.cleaned_data["quiet_ends"] or ends)

    def rows(self) -> list[tuple[Group, list[forms.BoundField]]]:
        return [(group, [self[f"{group}-{channel}"] for channel in Channel]) for group in self.groups]


class TextForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    class Meta:
        model = Text
        fields = ["subject", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 9})}


class QuietHoursForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    class Meta:
        model = QuietHours
        fields = ["starts", "ends", "urgent_may_pass"]
        widgets = {
            "starts": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
