"""The WhatsApp Cloud API: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages."""

import hashlib
import hmac
from http import HTTPStatus
from typing import Any

import httpx

from halopst.notifications.channels import Chat, Declined, Offer, OutcomeUnknown, Unreached

TIMEOUT = httpx.Timeout(20, connect=5)
LIMITS = httpx.Limits(max_connections=32, max_keepalive_connections=16, keepalive_expiry=5)


class CloudApiSender:
    def __init__(self, *, base_url: str, phone_id: str, token: str) -> None:
        self._path = f"/{phone_id}/messages"
        self._client = httpx.Client(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT,
            limits=LIMITS,
            trust_env=False,
        )

    def send(self, letter: Chat, offer: Offer) -> str:
        offer()
        try:
            response = self._client.post(self._path, json=payload(letter))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as broken:
            raise Unreached(type(broken).__name__) from broken
        except httpx.HTTPError as broken:
            raise OutcomeUnknown(type(broken).__name__) from broken
        return _message_id(response)


def payload(letter: Chat) -> dict[str, Any]:
    content: dict[str, Any] = {"type": "text", "text": {"preview_url": False, "body": letter.text}}
    if letter.template:
        parameters = [{"type": "text", "text": value} for value in letter.template.parameters]
        components = [{"type": "body", "parameters": parameters}] if parameters else []
        content = {
            "type": "template",
            "template": {
                "name": letter.template.name,
                "language": {"code": letter.template.language},
                "components": components,
            },
        }
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": letter.to,
        "biz_opaque_callback_data": letter.reference,
        **content,
    }


def _message_id(response: httpx.Response) -> str:
    """The id of the accepted message. Only an error the API itself words is a no; any other is a riddle."""
    try:
        answer = response.json()
        if response.is_success:
            return str(answer["messages"][0]["id"])
        error = answer["error"]
        code, detail = str(error["code"]), str(error.get("message", ""))
    except (ValueError, KeyError, IndexError, TypeError) as riddle:
        if response.is_client_error and response.status_code != HTTPStatus.REQUEST_TIMEOUT:
            raise Declined(f"http-{response.status_code}", response.reason_phrase) from riddle
        raise OutcomeUnknown(f"HTTP {response.status_code}") from riddle
    raise Declined(code, detail[:200])


def signature_is_good(secret: str, body: bytes, header: str) -> bool:
    """`X-Hub-Signature-256` over the raw body, compared in constant time."""
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(f"sha256={expected}".encode(), header.encode())
