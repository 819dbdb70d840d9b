"""Notices to an office about its texts."""

from django.utils.translation import gettext_lazy as _

from halopst.notifications.services import Group, NoticeKind, declare

TO_REVIEW = declare(
    NoticeKind(
        code="knowledge.to-review",
        label=_("Tulisan Anda perlu ditinjau"),
        variables={
            "nama": "Wening",
            "satker": "BPS Kota Contoh",
            "hari": "20 November 2026",
            "tulisan": "Apa itu inflasi; Cara meminta data mikro",
        },
        subject_id="Tulisan yang perlu Anda tinjau",
        body_id=(
            "Halo {nama}, tanggal tinjau {hari} sudah lewat untuk tulisan Anda di {satker}:\n\n{tulisan}\n\n"
            "AIDA tidak mengutipnya lagi sampai Anda memeriksanya dan mengisi tanggal baru. Buka tautan "
            "berikut."
        ),
        subject_en="Texts waiting for your review",
        body_en=(
            "Hello {nama}, the review date {hari} has passed for your texts at {satker}:\n\n{tulisan}\n\n"
            "AIDA does not quote them until you have read them again and set a new date. Open the link below."
        ),
        whatsapp_template="tulisan_perlu_ditinjau",
        group=Group.WORK,
    )
)
