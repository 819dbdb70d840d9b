"""What the API reads: JSON and forms without NUL and halves of characters, which PostgreSQL cannot store."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser

from halopst.core.errors import Invalid

NUL = "\x00"


class Unstorable(Invalid):
    message = _(
        "Isian mengandung karakter yang tidak dapat disimpan (NUL atau setengah emoji). Hapus karakter itu, "
        "lalu kirim lagi."
    )


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(request.body)
        _must_be_storable(parsed)
        return parsed

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        parsed: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        _must_be_storable(parsed)
        return parsed


def _must_be_storable(value: Any) -> None:
    if isinstance(value, str) and not _is_storable(value):
        raise Unstorable
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for part in value:
            _must_be_storable(part)


def _is_storable(text: str) -> bool:
    try:
        return NUL.encode() not in text.encode()
    except UnicodeEncodeError:
        return False
