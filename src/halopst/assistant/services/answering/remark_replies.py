"""What AIDA says without a source: to greetings, thanks, complaints, the wish for a person."""

from django.utils.translation import gettext as _

from halopst.assistant.rules.question.remarks import Remark
from halopst.assistant.services.answering.next_steps import next_steps
from halopst.assistant.services.answering.replies import Answer
from halopst.units.models import Unit


def remark_reply(said: Remark, unit: Unit | None) -> Answer:
    known = said is not Remark.INDIVIDUAL
    return Answer(
        text=_words()[said],
        known=known,
        confidence=float(known),
        suggestions=next_steps([], unit),
        declined=not known,
    )


def _words() -> dict[Remark, str]:
    return {
        Remark.GREETING: _("Halo. Tulis pertanyaan Anda tentang data atau layanan BPS."),
        Remark.WHO: _(
            "Saya AIDA, penjawab otomatis BPS. Jawaban saya diambil dari angka dan tulisan yang sudah "
            "terbit, dengan sumbernya. Petugas dapat Anda hubungi kapan saja."
        ),
        Remark.HUMAN: _(
            "Baik. Tanyakan kepada petugas, dan percakapan ini ikut dibaca petugas; atau buat janji "
            "dengan ahli."
        ),
        Remark.COMPLAINT: _(
            "Maaf atas pengalaman itu. Sampaikan pengaduan Anda kepada petugas: dicatat, diberi nomor, dan "
            "dijawab tertulis."
        ),
        Remark.THANKS: _("Sama-sama. Silakan bertanya lagi kapan saja."),
        Remark.INDIVIDUAL: _(
            "Keterangan tentang perorangan dirahasiakan undang-undang dan tidak pernah diberikan. "
            "Data mikro tanpa nama dapat diminta lewat SILASTIK."
        ),
    }
