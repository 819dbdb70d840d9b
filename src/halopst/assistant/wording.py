"""What the measures of an evaluation are called."""

from django.utils.translation import gettext as _


def measure_words() -> dict[str, str]:
    return {
        "right": _("dijawab benar"),
        "right_of_answers": _("benar dari yang dijawab"),
        "grounded": _("angka bersumber"),
        "refusal_recall": _("mengaku tidak tahu saat seharusnya"),
        "refusal_precision": _("beralasan saat mengaku tidak tahu"),
        "recall_1": _("tulisan tepat di urutan pertama"),
        "recall_5": _("tulisan tepat di lima teratas"),
        "mrr": _("rata-rata 1 per urutan (MRR)"),
        "p50_ms": _("waktu jawab, nilai tengah"),
        "p95_ms": _("waktu jawab, 95 persen tercepat"),
    }
