"""Which models may be asked, in which order and where, and what is wrong with a setting."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Literal
from urllib.parse import urlsplit

GEMINI = "https://generativelanguage.googleapis.com/v1beta/openai/"
KINDS = ("openai", "gemini")
SHAPES = ("tool", "schema", "prompt")
LIBRARY = "pydantic_ai"


@dataclass(frozen=True, slots=True)
class Provider:
    """A model on a server; `kind` is `gemini` for Google's address, `openai` for all others.

    `shape` is how the server is made to answer in our form: by a tool call, a JSON schema, or an instruction.
    `label` is the model's id, with its server where two have the same.
    """

    name: str
    kind: str
    address: str
    model: str
    key: str
    shape: Literal["tool", "schema", "prompt"] = "tool"
    label: str = ""

    def __repr__(self) -> str:
        return f"<{self.name}: {self.model}>"  # never the key


def provided(settings: Sequence[Mapping[str, str]]) -> list[Provider]:
    """The providers that the settings name, in order; unusable ones are left out."""
    every = [_provider(given) for given in settings if not flaw_of(given)]
    ids = Counter(one.model for one in every)
    return [replace(one, label=one.model if ids[one.model] == 1 else _with_server(one)) for one in every]


def _with_server(one: Provider) -> str:
    address = urlsplit(one.address)
    path = address.path.rstrip("/").removesuffix("/v1")
    return f"{one.model} ({address.netloc}{path})"


def _provider(given: Mapping[str, str]) -> Provider:
    address = given["address"] or GEMINI
    shape: Literal["tool", "schema", "prompt"] = given["shape"]  # type: ignore[assignment]  # one of SHAPES
    return Provider(given["name"], given["kind"], address, given["model"], given["key"], shape)


def flaw_of(given: Mapping[str, str]) -> str:
    """What is wrong with one provider's settings, as a sentence; empty if nothing is."""
    prefix = given["name"]
    if given["kind"] not in KINDS:
        return f"{prefix}_KIND harus openai atau gemini"
    if given["shape"] not in SHAPES:
        return f"{prefix}_SHAPE harus tool, schema, atau prompt"
    if given["kind"] == "gemini" and not given["key"]:
        return f"isi {prefix}_KEY dengan kunci Gemini"
    if not given["address"] and given["kind"] == "openai":
        return f"isi {prefix}_URL dengan alamat server model, sampai /v1"
    return _flaw_of_address(given["address"] or GEMINI, prefix) or _flaw_of_library()


def _flaw_of_address(address: str, prefix: str) -> str:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return f"{prefix}_URL bukan alamat yang dapat dibaca"
    if parts.scheme not in {"http", "https"} or not host:
        return f"{prefix}_URL harus berawalan https:// atau http://"
    if parts.username or parts.password:
        return f"{prefix}_URL tidak boleh berisi kata sandi; pakai {prefix}_KEY"
    return ""


def _flaw_of_library() -> str:
    return "" if find_spec(LIBRARY) else "pasang HaloPST dengan pelengkapnya: pip install 'halopst[model]'"
