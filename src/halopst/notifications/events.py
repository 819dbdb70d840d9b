from dataclasses import dataclass

from halopst.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class InboundMessage(Event):
    """Someone wrote to the office over WhatsApp; the id is that of the stored `Inbound`."""

    message_id: int
