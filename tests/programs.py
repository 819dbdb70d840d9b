"""A program that writes: JSON unless told otherwise, and another key each time."""


def sender(client, base):
    keys = iter(range(1000))

    def send(verb, path, body=None, **more):
        more.setdefault("content_type", "application/json")
        headers = {"Idempotency-Key": f"kunci-program-{next(keys)}", "Accept-Language": "id"}
        return getattr(client, verb)(base + path, body or {}, headers=headers, **more)

    return send
