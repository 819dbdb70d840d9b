"""What the measures of an evaluation are called and how they are written, and why a model did not answer."""

from django.utils.translation import gettext as _

from halopst.core import formats


def failure_words(reason: str) -> str:
    """Why a model did not answer, by the code of its failure."""
    said = {
        "dead": _("server model tidak dapat dihubungi"),
        "slow": _("server model terlalu lama menjawab"),
        "limited": _("server model membatasi permintaan"),
        "refused": _("server model menolak permintaan, misalnya karena nama model atau kuncinya salah"),
        "garbled": _("jawaban model terputus atau tidak dapat dibaca"),
        "resting": _("model baru saja gagal, jadi didiamkan setengah menit"),
    }
    return said.get(reason, _("model tidak dapat dipakai"))


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


def measure_written(name: str, value: float | None) -> str:
    """A time in milliseconds, anything else as a share in percent; a stroke where nothing was measured."""
    return milliseconds_written(value) if name.endswith("_ms") else share_written(value)


def share_written(share: float | None) -> str:
    return "–" if share is None else formats.percent(100 * share, 1, lang=formats.language())


def milliseconds_written(value: float | None) -> str:
    return "–" if value is None else f"{formats.number(value, lang=formats.language())} ms"
