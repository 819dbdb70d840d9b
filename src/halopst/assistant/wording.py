"""What the measures of an evaluation are called."""

from django.utils.translation import gettext as _


def measure_words() -> dict[str, str]:
    return {
        "right": _("dijawab benar"),
        "right_of_answers": _("benar dari yang dijawab"),
        "grounded": _("angka bersumber"),
        "refusal_recall": _("tidak tahu yang dikatakan"),
        "refusal_precision": _("tidak tahu yang beralasan"),
        "recall_1": _("tulisan tepat di urutan pertama"),
        "recall_5": _("tulisan tepat di lima teratas"),
        "mrr": _("rata-rata kebalikan urutan"),
        "p50_ms": _("waktu jawab, separuhnya paling lama"),
        "p95_ms": _("waktu jawab, 95% paling lama"),
    }
