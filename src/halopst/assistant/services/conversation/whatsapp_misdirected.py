"""A message meant for an office that does not answer here: unknown, or not listening.

As a question it would be answered by an office that nobody asked.
"""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.assistant.queries.whatsapp_conversations import listening
from halopst.assistant.rules.conversation.whatsapp_commands import addressed, is_addressed_first
from halopst.core.actors import ANONYMOUS
from halopst.units.models import Unit
from halopst.units.queries import search_units


def misdirected_text(text: str, answering: Unit) -> str:
    """What to write where `text` names an office that does not answer here; else empty."""
    named, _asked = addressed(text)
    if not named or listening().filter(slug=named).exists():
        return ""
    silent = Unit.objects.visible_to(ANONYMOUS).filter(slug=named).first()
    if silent is not None:
        return _silent_text(silent, answering)
    return _unknown_text(named, answering) if is_addressed_first(text) else ""


def _silent_text(silent: Unit, answering: Unit) -> str:
    page = urljoin(f"{settings.PUBLIC_URL}/", reverse("assistant:talk", args=[silent.slug]))
    return _(
        "%(office)s belum menjawab lewat WhatsApp. Tanyakan di halamannya, %(page)s, atau kirim lagi tanpa "
        "#%(slug)s supaya dijawab %(answering)s."
    ) % {"office": silent.name, "page": page, "slug": silent.slug, "answering": answering.name}


def _unknown_text(named: str, answering: Unit) -> str:
    near = search_units(listening(), named.replace("-", " "))[:3]
    meant = ", ".join(f"#{one.slug} ({one.name})" for one in near)
    lines = (
        _("Tidak ada kantor dengan alamat pendek #%(named)s.") % {"named": named},
        _("Mungkin maksud Anda %(meant)s.") % {"meant": meant} if meant else "",
        _(
            "Cari kantornya di %(page)s: alamat pendeknya ada di ujung alamat halaman kantor itu. Lalu kirim "
            "lagi pertanyaan Anda dengan alamat itu di depannya, misalnya #%(slug)s Apa arti inflasi?, atau "
            "tanpa # supaya dijawab %(answering)s."
        )
        % {
            "page": urljoin(f"{settings.PUBLIC_URL}/", "/"),
            "slug": answering.slug,
            "answering": answering.name,
        },
    )
    return " ".join(filter(None, lines))
