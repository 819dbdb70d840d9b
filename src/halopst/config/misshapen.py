"""What is wrong with one value of a request, in a sentence that names it, for each way to be misshapen."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WHOLE = gettext_lazy("%(isian)s harus bilangan bulat. Contoh: 24")
NUMBER = gettext_lazy("%(isian)s harus bilangan. Contoh: 24.5")
TRUTH = gettext_lazy("%(isian)s harus true atau false.")
TEXT = gettext_lazy('%(isian)s harus teks di antara tanda kutip. Contoh: "Sakernas"')
LIST = gettext_lazy("%(isian)s harus daftar di antara tanda [ dan ].")
OBJECT = gettext_lazy("%(isian)s harus objek JSON di antara tanda { dan }.")
DAY = gettext_lazy("%(isian)s harus tanggal yang ada, ditulis tahun-bulan-hari. Contoh: 2026-11-30")
MOMENT = gettext_lazy(
    "%(isian)s harus waktu lengkap: tanggal, jam, dan zonanya. Contoh: 2026-11-30T09:00:00+07:00"
)
HOUR = gettext_lazy("%(isian)s harus jam yang ada. Contoh: 08:00")
ONE_OF = gettext_lazy("%(isian)s harus salah satu dari: %(expected)s.")

# By the name pydantic gives the error; what stands in `%()s` is the field and what the error itself tells.
SAID: Mapping[str, Promise] = {
    "missing": gettext_lazy("%(isian)s wajib diisi."),
    "extra_forbidden": gettext_lazy(
        "%(isian)s tidak dikenal di sini. Hapus isian itu, atau betulkan namanya."
    ),
    "string_too_short": gettext_lazy("%(isian)s paling sedikit %(min_length)s huruf."),
    "string_too_long": gettext_lazy("%(isian)s paling banyak %(max_length)s huruf."),
    "string_pattern_mismatch": gettext_lazy("%(isian)s harus cocok dengan pola %(pattern)s"),
    "too_short": gettext_lazy("%(isian)s paling sedikit berisi %(min_length)s, kini %(actual_length)s."),
    "too_long": gettext_lazy("%(isian)s paling banyak berisi %(max_length)s."),
    "greater_than": gettext_lazy("%(isian)s harus lebih dari %(gt)s."),
    "greater_than_equal": gettext_lazy("%(isian)s paling kecil %(ge)s."),
    "less_than": gettext_lazy("%(isian)s harus kurang dari %(lt)s."),
    "less_than_equal": gettext_lazy("%(isian)s paling besar %(le)s."),
    "int_parsing_size": gettext_lazy("%(isian)s terlalu panjang angkanya."),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), WHOLE),
    **dict.fromkeys(
        ("float_type", "float_parsing", "finite_number", "decimal_type", "decimal_parsing"), NUMBER
    ),
    **dict.fromkeys(("bool_type", "bool_parsing"), TRUTH),
    **dict.fromkeys(("string_type", "string_unicode"), TEXT),
    **dict.fromkeys(("list_type", "tuple_type", "set_type"), LIST),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), OBJECT),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), DAY
    ),
    **dict.fromkeys(
        (
            "datetime_type",
            "datetime_parsing",
            "datetime_from_date_parsing",
            "datetime_object_invalid",
            "timezone_aware",
        ),
        MOMENT,
    ),
    **dict.fromkeys(("time_type", "time_parsing"), HOUR),
    **dict.fromkeys(("enum", "literal_error"), ONE_OF),
}
ANYTHING = gettext_lazy("%(isian)s tidak dapat dibaca. Bandingkan dengan contohnya di /api/v1/docs.")
QUOTED = re.compile(r"'([^']*)'")


def sentence(error: Mapping[str, Any]) -> str:
    """In the language of the request; what one of ours wrote itself is left as it is."""
    kind, told = error.get("type"), dict(error.get("ctx", {}))
    if kind is None:
        return str(error["msg"])
    if kind == "value_error":
        return f"{named(where(error))}: {told.get('error', error['msg'])}"
    if "expected" in told:
        words = [word or '""' for word in QUOTED.findall(str(told["expected"]))]
        told["expected"] = ", ".join(words) or told["expected"]
    try:
        return str(SAID.get(kind, ANYTHING)) % {"isian": named(where(error)), **told}
    except KeyError:
        return str(ANYTHING) % {"isian": named(where(error))}


def where(error: Mapping[str, Any]) -> list[Any]:
    """`["body", "cells", 3, "volume"]`: the part of the request, then the way to the value in it.

    One shape, whoever found it: pydantic puts the name of the operation's argument after "body", ninja calls
    the fields of a multipart body "form" and "file", and Django a fault of a form as a whole "__all__".
    """
    source, *steps = error["loc"]
    if source == "body" and "type" in error:
        steps = steps[1:]
    part = "body" if source in {"form", "file"} else source
    return [part, *(step for step in steps if step != NON_FIELD_ERRORS)]


def named(at: Sequence[Any]) -> str:
    """`["body", "cells", 3, "volume"]` is `cells[3].volume`: where it stands in what was sent."""
    _part, *steps = at
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.removeprefix(".") or _("Isi permintaan")
