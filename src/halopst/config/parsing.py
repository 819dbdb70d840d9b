"""What the API reads: JSON and query strings without NUL, which PostgreSQL cannot store."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from halopst.core.errors import Invalid

NUL = "\x00"


class NulByte(Invalid):
    message = _("Isian mengandung karakter kosong (NUL). Hapus karakter itu, lalu kirim lagi.")


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body = json.loads(request.body)
        if _holds_nul(body):
            raise NulByte
        parsed: dict[str, Any] = body
        return parsed

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        parsed: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        if _holds_nul(parsed):
            raise NulByte
        return parsed


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return NUL in value
    if isinstance(value, dict):
        return any(_holds_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_holds_nul(part) for part in value)
