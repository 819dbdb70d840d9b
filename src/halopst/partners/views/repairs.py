"""Where a volume that was refused is mended: a link that leads back to the sheet, or whom to ask."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from halopst.core.http import Request
from halopst.core.wayback import leading_back
from halopst.letters.queries import whom_to_ask
from halopst.units.models import Unit

LABELS: Mapping[str, Promise] = {
    "uncapped": _("Buka batas honor"),
    "budget": _("Buka pagu MAK"),
    "unbudgeted": _("Pilih MAK"),
    "inactive": _("Buka halaman mitra"),
    "closed": _("Buka kegiatan"),
    "paying": _("Buka pembayaran"),
    "ended": _("Lihat pemutusannya"),
}


def repair(request: Request, unit: Unit, sheet: str, url: str, reason: str) -> SafeString:
    """`url` is where it is mended (`where_refused`). The page of caps itself says who fills them."""
    if not url:
        return SafeString("")
    ask = "" if reason == "uncapped" else whom_to_ask(request.actor, unit, url)
    if ask:
        return format_html("{}", ask)
    return format_html('<a href="{}">{}</a>', leading_back(url, sheet), LABELS[reason])
