"""Made-up values for the component gallery: no visitor ever sees them."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from halopst.core.shapes import Clock, Moment, NavItem, Option, Series, Step

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = tuple(6 + day * 7 % 11 + day // 40 + day * 13 % 17 // 15 * 12 for day in range(248))


class SampleForm(forms.Form):
    name = forms.CharField(label="Nama lengkap", initial="Ratih Kusumawardani")
    email = forms.EmailField(
        label="Surel", error_messages={"invalid": "Surel belum lengkap. Contoh: nama@kampus.ac.id"}
    )
    need = forms.CharField(
        label="Ceritakan kebutuhan Anda", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    office = forms.ChoiceField(
        label="Kantor", choices=[("1", "BPS Provinsi Jawa Timur"), ("2", "BPS Kota Semarang")]
    )
    proposal = forms.FileField(
        label="Berkas pendukung", help_text="PDF, Word, atau Excel. Maksimal 5 MB.", required=False
    )
    purpose = forms.ChoiceField(
        label="Untuk keperluan apa?",
        widget=forms.RadioSelect,
        choices=[
            ("skripsi", "Penelitian atau skripsi"),
            ("kebijakan", "Kebijakan pemerintah"),
            ("bisnis", "Bisnis"),
        ],
    )
    channels = forms.MultipleChoiceField(
        label="Kirim kabar lewat",
        widget=forms.CheckboxSelectMultiple,
        choices=[("wa", "WhatsApp"), ("surel", "Surel")],
        required=False,
    )
    agree = forms.BooleanField(label="Saya setuju data kontak dipakai untuk mengatur konsultasi ini.")


FILLED = {
    "name": "Ratih Kusumawardani",
    "email": "ratih@contoh",
    "office": "1",
    "purpose": "skripsi",
    "agree": "on",
}
SAMPLES: dict[str, Any] = {
    "views": [
        NavItem("saya", "Tugas saya", "#saya", badge=12),
        NavItem("tim", "Tim", "#tim", badge=31),
        NavItem("selesai", "Selesai", "#selesai"),
    ],
    "states": [("baru", "Baru"), ("jalan", "Berjalan"), ("selesai", "Selesai")],
    "steps": [Step("Pilih ahli", "#ahli"), Step("Pilih waktu"), Step("Tulis topik"), Step("Selesai")],
    "clocks": [
        Clock("3 j 05 m lagi", 70),
        Clock("48 m lagi", 20, "warn"),
        Clock("lewat 1 j 10 m", 100, "bad"),
        Clock("jam dijeda", 40, "off"),
    ],
    "moments": [
        Moment("Permintaan terkirim", "Jumat, 20 November, 10.12 WIB", "done"),
        Moment("Menunggu persetujuan", "Batas 16.00 WIB", "now"),
        Moment("Konsultasi", "Senin, 10.00 WIB"),
    ],
    "pairs": [("WhatsApp", "0812-3456-xxxx"), ("Keperluan", "Skripsi"), ("Riwayat", "3 permintaan")],
    "options": [
        Option("1", "Bagas Prakoso", "Kemiskinan", checked=True),
        Option("2", "Ratna Sari", "Harga dan inflasi"),
        Option("3", "Wulan Puspita", "sedang cuti", disabled=True),
    ],
    "page": Paginator(range(240), 10).page(7),
    "days": DAYS,
    "months": MONTHS,
    "spark": (42, 48, 51, 39, 60, 66, 58, 71, 83, 79, 92, 88),
    "requests": [
        Series("Masuk", (42, 48, 51, 39, 60, 66, 58, 71, 83, 79, 92, 88)),
        Series("Selesai", (40, 45, 52, 38, 55, 64, 60, 66, 80, 81, 85, 86), dashed=True),
    ],
    "fields": [
        ("Kemiskinan", 128),
        ("Harga dan inflasi", 96),
        ("Pertumbuhan ekonomi", 61),
        ("Data mikro", 34),
    ],
    "moment": datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
    "names": ("Ratih Kusumawardani", "Bagas Prakoso", "Ratna Sari", "Wulan Puspita", "Made Arimbawa"),
}


def samples() -> dict[str, Any]:
    return {"form": SampleForm(FILLED), **SAMPLES}
