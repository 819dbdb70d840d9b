"""Tracking numbers in addresses: `<nomor:number>`."""

from django.urls import register_converter


class TrackingNumber:
    """`JTM-2611-0427`."""

    regex = r"[A-Z][A-Z0-9]{1,5}-[0-9]{4}-[0-9]{4,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(TrackingNumber, "nomor")
