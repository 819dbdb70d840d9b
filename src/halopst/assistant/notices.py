"""Notices of AIDA: answers over WhatsApp, deleted here after a day, and news for who asked to be told."""

from django.utils.translation import gettext_lazy as _

from halopst.notifications.services import NoticeKind, declare

ANSWER = declare(
    NoticeKind(
        code="assistant.answer",
        label=_("Jawaban AIDA lewat WhatsApp"),
        variables={"jawaban": "Inflasi adalah kenaikan harga secara umum."},
        subject_id="Jawaban AIDA",
        body_id="{jawaban}",
        subject_en="AIDA's answer",
        body_en="{jawaban}",
        urgent=True,
        alone=True,
        is_answer=True,
    )
)
ANSWERED = declare(
    NoticeKind(
        code="assistant.answered",
        label=_("Pertanyaan kepada AIDA kini terjawab"),
        variables={
            "nama": "Wening",
            "pertanyaan": "Berapa persen penduduk miskin 2025?",
            "satker": "BPS Kota Contoh",
        },
        subject_id="AIDA kini dapat menjawab pertanyaan Anda",
        body_id=(
            "Halo {nama}, Anda pernah bertanya kepada AIDA di {satker}:\n\n{pertanyaan}\n\nPertanyaan itu "
            "kini dapat dijawab. Buka tautan berikut. Kabar ini hanya dikirim sekali."
        ),
        subject_en="AIDA can now answer your question",
        body_en=(
            "Hello {nama}, you once asked AIDA at {satker}:\n\n{pertanyaan}\n\nThat question can now be "
            "answered. Open the link below. We send this word only once."
        ),
        whatsapp_template="pertanyaan_kini_terjawab",
    )
)
