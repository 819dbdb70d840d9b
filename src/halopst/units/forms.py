import re
from dataclasses import fields as dataclass_fields
from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

from halopst.core.formats import phone_digits
from halopst.core.forms import DayField
from halopst.units.models import COMPONENTS, Maklumat, ServiceKind, ServiceStandard, StandardTemplate, Unit
from halopst.units.queries import services_of
from halopst.units.rules import RESERVED_SLUGS, office_phone, phone_text
from halopst.units.services import Contact, Identity

PROMISES = ("promise_value", "promise_unit", "first_reply_value", "first_reply_unit")


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    website = forms.URLField(
        label=_("Situs"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Misalnya https://jatim.bps.go.id"),
    )

    class Meta:
        model = Unit
        fields = ["address", "city", "phone", "whatsapp", "email", "letterhead"]
        widgets = {
            "address": forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
            "letterhead": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "whatsapp": forms.TextInput(attrs={"type": "tel"}),
        }
        help_texts = {
            "phone": _("Misalnya (031) 843-9343"),
            "city": _("Tercetak sebelum tanggal surat, misalnya: Surabaya, 1 November 2026."),
            "letterhead": _("Baris kop surat di bawah lambang, satu baris satu kalimat."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("phone", "whatsapp"):
            self.initial[name] = phone_text(self.initial.get(name) or "")
        self.initial["website"] = self.instance.website
        self.initial["city"] = self.instance.seat

    def contact(self) -> Contact:
        return Contact(**{field.name: self.cleaned_data[field.name] for field in dataclass_fields(Contact)})

    def clean_phone(self) -> str:
        try:
            return office_phone(self.cleaned_data["phone"])
        except ValueError:
            raise forms.ValidationError(
                _("Tulis nomor telepon beserta kode wilayahnya, misalnya (031) 843-9343.")
            ) from None

    def clean_whatsapp(self) -> str:
        typed = self.cleaned_data["whatsapp"]
        try:
            return phone_digits(typed) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class IdentityForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Who an office is; checks what belongs together: kind and parent, code and parent, a free address."""

    slug = forms.CharField(
        label=_("Alamat pendek"),
        max_length=60,
        validators=[RegexValidator(r"^[a-z0-9]+$", _("Hanya huruf kecil dan angka, tanpa spasi."))],
        help_text=_("Seperti subdomain BPS: papuaselatan, meraukekab, sorongkota."),
    )
    code = forms.CharField(
        label=_("Kode BPS"),
        max_length=4,
        validators=[RegexValidator(r"^\d{4}$", _("Kode BPS terdiri atas 4 angka."))],
    )
    home_affairs_code = forms.CharField(
        label=_("Kode Kemendagri"),
        required=False,
        max_length=4,
        validators=[RegexValidator(r"^(\d{2}|\d{4})$", _("Kode Kemendagri terdiri atas 2 atau 4 angka."))],
    )

    class Meta:
        model = Unit
        fields = [
            "code",
            "home_affairs_code",
            "kind",
            "parent",
            "region",
            "name",
            "zone",
            "slug",
            "case_prefix",
            "is_active",
        ]
        help_texts = {
            "region": _("Misalnya Papua Selatan atau Kabupaten Merauke."),
            "name": _("Misalnya BPS Provinsi Papua Selatan."),
            "case_prefix": _("2 sampai 6 huruf kapital di depan nomor lacak, misalnya PPS."),
        }
        labels = {"is_active": _("Satker melayani publik")}
        error_messages = {
            "code": {"unique": _("Kode BPS ini sudah dipakai satker lain. Periksa daftar satker.")},
            "slug": {"unique": _("Alamat pendek ini sudah dipakai satker lain. Pilih yang lain.")},
            "case_prefix": {
                "unique": _("Awalan nomor lacak ini sudah dipakai satker lain. Pilih yang lain.")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaders = Unit.objects.filter(kind__in=[Unit.Kind.HEAD_OFFICE, Unit.Kind.PROVINCE]).order_by("code")
        self.fields["parent"] = forms.ModelChoiceField(
            leaders, label=_("Satker induk"), empty_label=_("Pilih satker induk")
        )
        kinds = [choice for choice in Unit.Kind.choices if choice[0] != Unit.Kind.HEAD_OFFICE]
        self.fields["kind"] = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Pilih jenis")), *kinds])

        zones = [("", _("Pilih zona waktu")), *Unit.Zone.choices]
        self.fields["zone"] = forms.ChoiceField(label=_("Zona waktu"), choices=zones)

    def identity(self) -> Identity:
        values = {name: value for name, value in self.cleaned_data.items() if name != "parent"}
        return Identity(**values, parent_id=self.cleaned_data["parent"].pk)

    def clean_case_prefix(self) -> str:
        prefix: str = self.cleaned_data["case_prefix"].upper()
        if not re.fullmatch(r"[A-Z][A-Z0-9]{1,5}", prefix):
            raise forms.ValidationError(_("Awalan terdiri atas 2 sampai 6 huruf kapital atau angka."))
        return prefix

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError(_("Alamat ini dipakai platform. Pilih yang lain."))
        return slug

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        kind, parent, code = values.get("kind"), values.get("parent"), values.get("code")
        if kind and parent and (parent.kind == Unit.Kind.HEAD_OFFICE) != (kind == Unit.Kind.PROVINCE):
            self.add_error("parent", _("Provinsi berinduk ke BPS Pusat; kabupaten dan kota ke provinsinya."))
        if parent and self.instance.pk == parent.pk:
            self.add_error("parent", _("Satker tidak dapat menjadi induknya sendiri."))
        if kind == Unit.Kind.PROVINCE and code and not code.endswith("00"):
            self.add_error("code", _("Kode provinsi berakhiran 00, misalnya 9500."))
        return values


class ServicesForm(forms.Form):
    """Which kinds of service an office opens."""

    services = forms.MultipleChoiceField(
        label=_("Layanan yang dibuka"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"services": list(services_of(unit).values_list("code", flat=True))})
        super().__init__(*args, **kwargs)
        kinds = ServiceKind.objects.filter(is_active=True)
        choices = self.fields["services"]
        if isinstance(choices, forms.MultipleChoiceField):
            choices.choices = [(kind.code, f"{kind.label} — {kind.summary}") for kind in kinds]


def _content_widgets() -> dict[str, forms.Widget]:
    return {name: forms.Textarea(attrs={"rows": 4}) for name in COMPONENTS}


class StandardForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """The 14 components and the promises of a draft; components may still be empty."""

    class Meta:
        model = ServiceStandard
        fields = [*COMPONENTS, *PROMISES]
        widgets = _content_widgets()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COMPONENTS:
            self.fields[name].optional_note = _("boleh menyusul, wajib saat terbit")  # type: ignore[attr-defined]  # read by the field component


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """The platform's own text of a standard: nothing may be empty."""

    class Meta:
        model = StandardTemplate
        fields = [*COMPONENTS, *PROMISES]
        widgets = _content_widgets()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COMPONENTS:
            self.fields[name].required = True


class PublishForm(forms.Form):
    decree_number = forms.CharField(
        label=_("Nomor SK"), max_length=100, help_text=_("Nomor keputusan kepala satker tentang standar ini.")
    )
    decided_on = DayField(label=_("Tanggal penetapan"))
    valid_from = DayField(
        label=_("Berlaku mulai"), help_text=_("Versi sebelumnya berakhir sehari sebelumnya.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        decided, starts = values.get("decided_on"), values.get("valid_from")
        if decided and starts and starts < decided:
            self.add_error("valid_from", _("Standar tidak dapat berlaku sebelum ditetapkan."))
        return values


class EndForm(forms.Form):
    last_day = DayField(label=_("Hari terakhir berlaku"))


class MaklumatForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    decided_on = DayField(label=_("Tanggal penetapan"), help_text=_("Maklumat berlaku mulai tanggal ini."))

    class Meta:
        model = Maklumat
        fields = ["text", "signatory_name", "signatory_title", "decree_number", "decided_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
