"""Published texts, in the format that `text_import` reads."""

import json
from collections.abc import Iterator

from halopst.core.actors import Actor
from halopst.knowledge.models import Document

CHUNK = 1_000


def export_lines(actor: Actor) -> Iterator[str]:
    """One JSON object a line, the oldest first; the last three fields only where they are filled."""
    rows = Document.objects.visible_to(actor).published().select_related("unit").order_by("pk")
    for document in rows.iterator(chunk_size=CHUNK):
        line = {
            "external_id": document.external_id,
            "title": document.title,
            "text": document.text,
            "source": document.source,
            "url": document.url,
            "published_on": document.published_on and document.published_on.isoformat(),
            "unit": document.unit and document.unit.code,
            "lang": document.language,
        }
        if document.kind != Document.Kind.ARTICLE:
            line["kind"] = document.kind
        if document.audience != Document.Audience.EVERYONE:
            line["audience"] = document.audience
        if document.review_by is not None:
            line["review_by"] = document.review_by.isoformat()
        yield json.dumps(line, ensure_ascii=False)
