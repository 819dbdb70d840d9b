"""The navigation and office that every page about an office's questions needs."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halopst.assistant import permissions
from halopst.assistant.models import QuestionGroup
from halopst.assistant.queries import groups as queries
from halopst.assistant.queries.groups import PERIODS, WHATS, Choice
from halopst.core.forms import plain
from halopst.core.http import Request
from halopst.core.shapes import NavItem
from halopst.units.models import Unit

PAGE = 25


def group_in(unit: Unit, pk: int) -> QuestionGroup:
    try:
        return queries.group_of(unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def choice_of(request: Request) -> Choice:
    days = request.GET.get("hari", "")
    what = request.GET.get("jawaban", "")
    return Choice(
        text=plain(request.GET.get("q", "")),
        what=what if what in WHATS else "",
        days=int(days) if days in map(str, PERIODS) else 0,
    )


def frame(request: Request, unit: Unit, tab: str) -> dict[str, Any]:
    return {
        "office": unit,
        "tabs": [
            NavItem("antrean", _("Antrean"), reverse("assistant:queue", args=[unit.slug])),
            NavItem("percakapan", _("Percakapan"), reverse("assistant:conversations", args=[unit.slug])),
            NavItem("mutu", _("Mutu"), reverse("assistant:quality", args=[unit.slug])),
        ],
        "tab": tab,
        "improves": request.actor.may(permissions.IMPROVE, unit.pk),
        "active": "pertanyaan",
        "whats": [
            ("tak", _("Belum terjawab")),
            ("salah", _("Dinilai kurang tepat")),
            ("ragu", _("Kurang yakin")),
            ("jawab", _("Terjawab")),
        ],
        "periods": [(days, _last_days(days)) for days in PERIODS],
    }


def _last_days(n: int) -> str:
    return ngettext("%(n)s hari terakhir", "%(n)s hari terakhir", n) % {"n": n}
