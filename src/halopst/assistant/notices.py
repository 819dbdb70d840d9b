"""AIDA's answers over WhatsApp: for the eyes of whoever asked, and forgotten here after a day."""

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
