"""How the lists of an office's month are searched."""

from django.db.models import Q


def named(text: str, *, person: str = "person") -> Q:
    """Mitra whose name or district holds `text`, where `person` leads to; without a text everyone."""
    if not text:
        return Q()
    return Q(**{f"{person}__name__icontains": text}) | Q(**{f"{person}__district__icontains": text})
