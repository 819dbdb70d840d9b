"""How a program talks to the API about mitra."""

from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

BASE = "/api/v1/partners"
_keys = count(1)


def sent(client, method, path, body=None, key=None):
    """A write; each has a key of its own unless one is given."""
    headers = {"Idempotency-Key": key or f"kunci-program-{next(_keys)}"}
    return getattr(client, method)(
        f"{BASE}{path}", body or {}, content_type="application/json", headers=headers
    )


def handed_in(client, path, content, name="berkas.pdf", key=None, **fields):
    """A form with a file, as multipart."""
    headers = {"Idempotency-Key": key or f"kunci-program-{next(_keys)}"}
    given = {**fields, "file": SimpleUploadedFile(name, content)} if content is not None else fields
    return client.post(f"{BASE}{path}", given, headers=headers)


def refused(answer):
    """Its status, and the sentence of the field at fault, else the title."""
    told = answer.json()
    errors = told.get("errors") or [{"problem": told["title"]}]
    return answer.status_code, errors[0]["problem"]
