"""Where AIDA speaks for an office besides our own page."""

from collections.abc import Sequence

from django.db import transaction

from halopst.assistant.models import OfficeChannels
from halopst.assistant.permissions import CONFIGURE
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.units.models import Unit


@transaction.atomic
def set_channels(actor: Actor, unit: Unit, *, whatsapp: bool, origins: Sequence[str]) -> OfficeChannels:
    """Switch WhatsApp on or off, and say which sites may show AIDA (`rules.conversation.widget_sites`)."""
    if not actor.may(CONFIGURE, unit.pk):
        raise NotPermitted
    kept, _is_new = OfficeChannels.objects.update_or_create(
        unit=unit, defaults={"whatsapp": whatsapp, "origins": list(origins)}
    )
    record(actor, "assistant.channels-set", kept, whatsapp=whatsapp, origins=list(origins))
    return kept
