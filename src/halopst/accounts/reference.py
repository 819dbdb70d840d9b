"""The consent texts an installation starts with; an office edits them by adding a version."""

from datetime import date

from halopst.accounts.models import ConsentText
from halopst.core.reference import reference_data

FIRST = date(2026, 1, 1)
TEXTS = (
    (
        ConsentText.Subject.PRIVACY,
        (
            "BPS memproses nama, surel, dan isian profil Anda untuk melayani permintaan Anda dan menyusun "
            "statistik layanan. Data tidak dibagikan di luar BPS. Anda dapat melihat, mengunduh, "
            "memperbaiki, dan meminta penghapusan data Anda di halaman Data saya."
        ),
        (
            "BPS processes your name, e-mail address and profile to serve your requests and to compile "
            "service statistics. Nothing is shared outside BPS. You can see, download, correct and ask to "
            "erase your data on the page My data."
        ),
        "UU 27/2022 Pasal 20 ayat (2) huruf e",
    ),
    (
        ConsentText.Subject.ASSISTANT,
        (
            "Percakapan Anda dengan AIDA boleh disimpan dan dibaca petugas untuk memperbaiki jawaban. "
            "Nama dan surel Anda tidak ikut disimpan bersama percakapan itu."
        ),
        (
            "Your conversations with AIDA may be kept and read by officers to improve its answers. "
            "Your name and e-mail address are not kept with them."
        ),
        "UU 27/2022 Pasal 20 ayat (2) huruf a",
    ),
    (
        ConsentText.Subject.NEWS,
        "BPS boleh mengirim kabar rilis data dan panduan yang Anda pilih ke surel atau WhatsApp Anda.",
        "BPS may send news of data releases and guides that you chose to your e-mail or WhatsApp.",
        "UU 27/2022 Pasal 20 ayat (2) huruf a",
    ),
)


@reference_data("accounts.consent-texts")
def load_consent_texts() -> None:
    for subject, body_id, body_en, legal_basis in TEXTS:
        ConsentText.objects.get_or_create(
            subject=subject,
            version=1,
            defaults={
                "body_id": body_id,
                "body_en": body_en,
                "legal_basis": legal_basis,
                "valid_from": FIRST,
            },
        )
