"""Where AIDA speaks for an office besides our own page."""

from urllib.parse import quote, urlencode

from halopst.assistant.models import OfficeChannels
from halopst.units.models import Unit


def channels_of(unit: Unit) -> OfficeChannels:
    """The channels an office chose; none before it chose any."""
    found: OfficeChannels | None = OfficeChannels.objects.filter(unit=unit).first()
    return found or OfficeChannels(unit=unit)


def chat_address(unit: Unit) -> str:
    """A link that opens WhatsApp with a message to the office's AIDA; empty where she has none."""
    if not unit.whatsapp or not channels_of(unit).whatsapp:
        return ""
    return f"https://wa.me/{unit.whatsapp}?{urlencode({'text': f'Halo #{unit.slug}'}, quote_via=quote)}"
