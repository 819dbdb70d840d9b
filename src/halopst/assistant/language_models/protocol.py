"""The one call to a model: question, numbered sources and earlier turns go in, cited sentences come out."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from halopst.assistant.language_models.prompt import OF_BOTH_LANGUAGES, VERSION, prompt
from halopst.assistant.language_models.providers import Provider
from halopst.assistant.rules.checking.sources import Draft, Sentence, Source
from halopst.knowledge.rules.figures.periods import Lang

CHARACTERS_PER_TOKEN = 3
Heard = Callable[[Sentence], Awaitable[None]]
Anew = Callable[[], Awaitable[None]]


class NotWritten(Exception):
    """No draft. `reason`: `dead`, `slow`, `limited`, `refused`, `garbled`, `resting` or `missing`."""

    def __init__(self, reason: str, *, tokens_in: int = 0, tokens_out: int = 0) -> None:
        self.reason, self.tokens_in, self.tokens_out = reason, tokens_in, tokens_out
        super().__init__(reason)


class Search(Protocol):
    """What a model may search for by itself: a few times, in the visitor's name."""

    async def texts_for(self, words: str) -> Sequence[Source]: ...

    async def figures_for(self, question: str) -> Sequence[Source]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Brief:
    """What a model is told: masked data from documents and visitors.

    `turns` are the questions and answers before this one; `mended` names what was wrong with its first draft.
    `version` is that of our instructions, `lang` the language to write; English is for figures alone.
    """

    question: str
    sources: Sequence[Source]
    turns: Sequence[tuple[str, str]] = ()
    mended: Sequence[str] = field(default_factory=tuple)
    version: str = VERSION
    lang: Lang = "id"

    def as_json(self) -> str:
        """The brief as JSON, so that no text in it can end its string and pose as an instruction."""
        told: dict[str, object] = {
            "pertanyaan": self.question,
            "percakapan_sebelumnya": [{"pengunjung": asked, "aida": said} for asked, said in self.turns],
            "sumber": [described(source) for source in self.sources],
        }
        if self.version in OF_BOTH_LANGUAGES:
            told["bahasa_jawaban"] = "Inggris" if self.lang == "en" else "Indonesia"
        if self.mended:
            told["perbaiki"] = list(self.mended)
        return json.dumps(told, ensure_ascii=False)

    @property
    def tokens(self) -> int:
        """About how many tokens the brief and our instructions have, for servers that do not count."""
        return (len(prompt(self.version)) + len(self.as_json())) // CHARACTERS_PER_TOKEN


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A draft, and what it cost. `sent` is what was sent, kept as long as the conversation."""

    draft: Draft
    model: str
    tokens_in: int
    tokens_out: int
    sent: str


class Writer(Protocol):
    """Asks one provider; raises NotWritten and nothing else."""

    async def __call__(
        self, provider: Provider, brief: Brief, search: Search, heard: Heard, /
    ) -> Written: ...


def described(source: Source) -> dict[str, object]:
    """A source as the model reads it; a figure has a placeholder in place of its number."""
    told: dict[str, object] = {"nomor": source.number, "jenis": source.kind.value, "judul": source.title}
    if source.shown:
        told["tulis_angkanya_sebagai"] = source.placeholder
    return told | {"isi": source.text}
