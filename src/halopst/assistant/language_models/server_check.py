"""Whether a server is there, accepts the key and has the model, as `halopst check` asks."""

from http import HTTPStatus

import httpx

from halopst.assistant.language_models.providers import Provider

DENIED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


def unreached(provider: Provider, seconds: float) -> str:
    """What keeps `provider` from being asked, as the end of a sentence; empty if nothing does.

    A server without a readable list of models is trusted to have the model.
    """
    headers = {"Authorization": f"Bearer {provider.key}"} if provider.key else {}
    try:
        answer = httpx.get(f"{provider.address.rstrip('/')}/models", headers=headers, timeout=seconds)
    except (httpx.HTTPError, httpx.InvalidURL):
        return "server model tidak dapat dihubungi"
    if answer.status_code in DENIED:
        return "server model menolak kuncinya"
    if answer.status_code != HTTPStatus.OK:
        return (
            ""
            if answer.status_code == HTTPStatus.NOT_FOUND
            else f"server model menjawab {answer.status_code}"
        )
    names = _names(answer)
    if names and provider.model.removeprefix("models/") not in names:
        return f"server tidak punya model {provider.model}; yang ada: {', '.join(sorted(names)[:5])}"
    return ""


def _names(answer: httpx.Response) -> set[str]:
    try:
        return {str(one["id"]).removeprefix("models/") for one in answer.json()["data"]}
    except (ValueError, KeyError, TypeError):
        return set()
