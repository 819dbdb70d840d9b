from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "assistant.channels-set": _("Saluran AIDA diatur"),
        "assistant.answer-drafted": _("Jawaban umum disusun dari permintaan"),
        "assistant.corrected": _("Jawaban AIDA dikoreksi"),
        "assistant.drafted": _("Konsep dibuat dari antrean pertanyaan"),
        "assistant.set-aside": _("Kelompok pertanyaan disisihkan"),
        "assistant.reopened": _("Kelompok pertanyaan dibuka lagi"),
        "assistant.answered": _("Kelompok pertanyaan terjawab"),
        "assistant.evaluation-begun": _("Penilaian AIDA dimulai"),
        "assistant.setup-activated": _("Susunan AIDA dipakai"),
        "assistant.question-written": _("Soal penilaian AIDA ditulis"),
        "assistant.question-removed": _("Soal penilaian AIDA dihapus"),
        "assistant.questions-imported": _("Soal penilaian AIDA diimpor"),
    },
    subjects={
        "assistant.correction": _("Koreksi jawaban"),
        "assistant.remedy": _("Konsep dari pertanyaan"),
        "assistant.questiongroup": _("Kelompok pertanyaan"),
        "assistant.officechannels": _("Saluran AIDA"),
        "assistant.publicanswer": _("Jawaban umum"),
        "assistant.evaluation": _("Penilaian AIDA"),
        "assistant.setup": _("Susunan AIDA"),
        "assistant.evaluationquestion": _("Soal penilaian AIDA"),
    },
)
