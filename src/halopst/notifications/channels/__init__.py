"""The edge of the house: what goes to a provider, and the only four answers there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A small file for an e-mail. `content_type` may carry parameters: `text/calendar; method=REQUEST`."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One e-mail. `message_id` is the same each time the same delivery is handed over."""

    message_id: str
    date: datetime
    from_name: str
    to_name: str
    to: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    unsubscribe_url: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Template:
    name: str
    language: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Chat:
    """One WhatsApp message: free text, or a template. The provider repeats `reference` in every status."""

    to: str
    reference: str
    text: str = ""
    template: Template | None = None


Offer = Callable[[], None]
"""Called immediately before the step the provider may accept; raises when the message must not go out."""

Letter = Mail | Chat


class Sender(Protocol):
    def send(self, letter: Any, offer: Offer) -> str:
        """Hand the letter over and return the provider's id for it.

        Raises `Declined` (the provider said no), `Unreached` (it was certainly never offered) or
        `OutcomeUnknown` (it was offered and no answer came).
        """


Senders = Mapping[str, Sender]


class Declined(Exception):
    """The provider's clear no, with its own code and words."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code} {detail}")
        self.code = code
        self.detail = detail


class Unreached(Exception):
    """The provider could not be reached; nothing was handed over."""


class OutcomeUnknown(Exception):
    """The line broke between handing over and the answer: it may or may not have been accepted."""
