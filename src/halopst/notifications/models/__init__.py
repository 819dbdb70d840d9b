from halopst.notifications.models.outbox import AttachedFile, Channel, Delivery, Notice
from halopst.notifications.models.preferences import Preference, QuietHours
from halopst.notifications.models.texts import Text
from halopst.notifications.models.whatsapp import (
    Contact,
    Inbound,
    ProviderError,
    WebhookReceipt,
    WhatsAppTemplate,
)

__all__ = [
    "AttachedFile",
    "Channel",
    "Contact",
    "Delivery",
    "Inbound",
    "Notice",
    "Preference",
    "ProviderError",
    "QuietHours",
    "Text",
    "WebhookReceipt",
    "WhatsAppTemplate",
]
