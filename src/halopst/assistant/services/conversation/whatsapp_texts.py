"""What AIDA writes over WhatsApp: plain words, numbered options, and what may be replied."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from halopst.assistant.models import Conversation, Turn
from halopst.assistant.rules.conversation.whatsapp_commands import fitted
from halopst.assistant.services.answering.plain_text import plain_text
from halopst.assistant.services.wording.by_model import worded_by
from halopst.cases.models import Case
from halopst.units.models import Unit


def options_of(turn: Turn | None) -> list[dict[str, Any]]:
    """The options an answer offers, each with the question it stands for as its `url`."""
    return [one for one in turn.answer["suggestions"] if one["kind"] == "question"] if turn else []


def answer_text(turn: Turn, conversation: Conversation, *, is_first: bool) -> str:
    below = [listed(options_of(turn))]
    if not turn.is_sure and not options_of(turn):
        below.append(_("Balas PETUGAS supaya petugas kami yang menjawab; percakapan ini ikut diteruskan."))
    if is_first:
        below += [_introduction(conversation), _model_words(conversation)]
    return fitted(plain_text(turn.answer), "\n\n".join(filter(None, below)))


def listed(options: Sequence[dict[str, Any]]) -> str:
    """The options numbered from 1, one on each line; empty if there are none."""
    if not options:
        return ""
    lines = (f"{number}. {one['title']}" for number, one in enumerate(options[:9], start=1))
    return "\n".join([_("Balas dengan angkanya:"), *lines])


def _introduction(conversation: Conversation) -> str:
    """Who speaks, what is kept, and whether the office may keep it."""
    return _(
        "Saya AIDA, asisten otomatis %(office)s; jawaban saya bisa keliru, periksa sumbernya. Percakapan "
        "ini terhapus sendiri setelah 24 jam dan tidak memuat nomor Anda. Balas YA bila kami boleh "
        "menyimpannya tanpa nama untuk memperbaiki jawaban, HAPUS untuk menghapusnya sekarang, atau "
        "PETUGAS untuk berbicara dengan petugas. Beri 👍 atau 👎 pada sebuah jawaban, atau balas MEMBANTU "
        "atau KURANG TEPAT, untuk menilainya."
    ) % {"office": conversation.unit.name}


def _model_words(conversation: Conversation) -> str:
    """That a model outside our own house gets the question, in the words of the page; empty if none does."""
    model = worded_by(conversation.unit)
    if not model:
        return ""
    return _(
        "Pertanyaan, tanpa nomor dan surel pribadi, dikirim ke model bahasa %(worded_by)s untuk merangkai "
        "kalimat."
    ) % {"worded_by": model}


def kept_text(*, kept: bool) -> str:
    if kept:
        return _(
            "Terima kasih. Percakapan ini kami simpan tanpa nama dan nomor Anda. "
            "Balas TIDAK untuk menarik izin."
        )
    return _("Baik. Percakapan ini tidak kami simpan dan terhapus sendiri setelah 24 jam.")


def forgotten_text() -> str:
    return _(
        "Percakapan Anda dengan AIDA sudah dihapus. Yang sudah menjadi permintaan "
        "tetap ada di permintaan itu."
    )


def unreadable_text() -> str:
    return _("Saya baru dapat membaca tulisan. Ketik pertanyaan Anda, atau balas PETUGAS.")


def other_number_text(options: Sequence[dict[str, Any]]) -> str:
    return "\n\n".join((_("Angka itu tidak ada di pilihan."), listed(options)))


def still_open_text(case: Case, unit: Unit) -> str:
    """A line under another office's answer: messages that name no office go to the open request."""
    return _(
        "Permintaan Anda %(nomor)s di %(office)s masih terbuka: pesan tanpa #%(slug)s dibaca petugas di sana."
        " Sertakan #%(slug)s untuk melanjutkan dengan %(asked)s, juga bila membalas PETUGAS atau angka."
    ) % {"nomor": case.number, "office": case.unit.name, "slug": unit.slug, "asked": unit.name}


def judged_text() -> str:
    return _("Penilaian Anda tercatat. Terima kasih.")


def reasons_text(turn: Turn) -> str:
    """The question why an answer was called wrong. It is asked once; any other text is the next question."""
    reasons = (f"{number}. {label}" for number, (_value, label) in enumerate(turn.possible_reasons, start=1))
    asked = _(
        "Penilaian Anda tercatat. Apa yang kurang tepat? Balas dengan angkanya, boleh ditambah keterangan, "
        "misalnya: 1, yang saya tanyakan tahun 2023. Atau kirim saja pertanyaan berikutnya."
    )
    return "\n".join([asked, *reasons])


def explained_text() -> str:
    return _("Terima kasih. Alasan Anda membantu kami memperbaiki jawaban.")
