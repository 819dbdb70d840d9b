"""Chat completions as OpenAI's servers speak them, through pydantic-ai; loaded only when needed."""

import logging
import ssl
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import httpx2
from openai import AsyncOpenAI
from pydantic import BaseModel, Field
from pydantic_ai import Agent, NativeOutput, PromptedOutput, ToolOutput
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelConnectionError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelTimeoutError,
    UnexpectedModelBehavior,
)
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.output import OutputSpec
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RunUsage, UsageLimits

from halopst.assistant.language_models.prompt import prompt
from halopst.assistant.language_models.protocol import (
    CHARACTERS_PER_TOKEN,
    Brief,
    Heard,
    NotWritten,
    Search,
    Written,
    described,
)
from halopst.assistant.language_models.providers import Provider
from halopst.assistant.rules.checking.sources import Draft, Sentence, Source

logger = logging.getLogger(__name__)

MOST_TOKENS = 1_200  # of an answer
MOST_SEARCHES = 3
MOST_REQUESTS = MOST_SEARCHES + 1
SETTINGS = ModelSettings(temperature=0.0, max_tokens=MOST_TOKENS, parallel_tool_calls=False)
REASONS: dict[type[Exception], str] = {
    ModelRateLimitError: "limited",
    ModelQuotaExceededError: "limited",
    ModelTimeoutError: "slow",
    ModelConnectionError: "dead",
    UnexpectedModelBehavior: "garbled",
    AgentRunError: "refused",
}


class SentenceOut(BaseModel):
    text: str = Field("", description="Satu kalimat, teks biasa, dengan penanda angka bila ada.")
    cites: list[int] = Field(default_factory=list, description="Nomor sumber yang mendukung kalimat ini.")


class AnswerOut(BaseModel):
    """Jawaban untuk pengunjung."""

    known: bool = Field(default=True, description="Apakah sumber menjawab pertanyaannya.")
    sentences: list[SentenceOut] = Field(default_factory=list)


async def write(provider: Provider, brief: Brief, search: Search, heard: Heard) -> Written:
    """One draft of one provider; each sentence is passed to `heard` as soon as the next one begins."""
    usage = RunUsage()
    try:
        async with httpx2.AsyncClient(follow_redirects=False, verify=_trusted()) as client:
            agent = _agent(provider, brief, _Counted(search), client)
            draft, sent = await _run(agent, brief, heard, usage)
    except Exception as error:  # with an unknown server the library may raise anything
        reason = next((word for kind, word in REASONS.items() if isinstance(error, kind)), "garbled")
        logger.warning("model.failed", extra={"provider": provider.name, "reason": reason})
        raise NotWritten(
            reason, tokens_in=usage.input_tokens or 0, tokens_out=usage.output_tokens or 0
        ) from error
    return Written(
        draft=draft,
        model=provider.label,
        tokens_in=usage.input_tokens or brief.tokens,
        tokens_out=usage.output_tokens
        or sum(len(one.text) for one in draft.sentences) // CHARACTERS_PER_TOKEN,
        sent=sent,
    )


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """The system's certificates, read only once, as that takes longer than many an answer."""
    return ssl.create_default_context()


async def _run(
    agent: Agent[None, AnswerOut], brief: Brief, heard: Heard, usage: RunUsage
) -> tuple[Draft, str]:
    told = 0  # the last sentence is not reported: only the finished draft shows that it is complete
    limits = UsageLimits(request_limit=MOST_REQUESTS + 1)
    async with agent.run_stream(brief.as_json(), usage=usage, usage_limits=limits) as run:
        async for answer in run.stream_output(debounce_by=0.05):
            for sentence in answer.sentences[told:-1]:
                await heard(_sentence(sentence))
                told += 1
        answer = await run.get_output()
        sent = run.all_messages_json().decode()
    said = tuple(_sentence(one) for one in answer.sentences)
    return Draft(said, answer.known and bool(said)), sent


def _sentence(one: SentenceOut) -> Sentence:
    return Sentence(one.text, tuple(one.cites))


def _agent(
    provider: Provider, brief: Brief, search: "_Counted", client: httpx2.AsyncClient
) -> Agent[None, AnswerOut]:
    # Not the library's own client: it would try again by itself and follow wherever a server points.
    speaking: Any = client
    server = AsyncOpenAI(
        base_url=provider.address, api_key=provider.key or "none", max_retries=0, http_client=speaking
    )
    model = OpenAIChatModel(
        provider.model, provider=OpenAICompatibleProvider(provider.name, openai_client=server)
    )
    return Agent(
        model,
        output_type=_shape(provider),
        instructions=prompt(brief.version),
        tools=_tools(provider, brief, search),
        retries=0,
        model_settings=SETTINGS,
    )


def _tools(provider: Provider, brief: Brief, search: "_Counted") -> list[Any]:
    """The tools a model gets; for English answers only the one for figures, as the texts are Indonesian."""
    if provider.kind != "openai":
        return []
    return [search.cari_angka] if brief.lang == "en" else [search.cari_tulisan, search.cari_angka]


def _shape(provider: Provider) -> OutputSpec[AnswerOut]:
    if provider.shape == "schema":
        return NativeOutput(AnswerOut, name="jawab")
    if provider.shape == "prompt":
        return PromptedOutput(AnswerOut)
    return ToolOutput(AnswerOut, name="jawab")


class _Counted:
    """The searches of a model: a few of them, after which it is told to stop."""

    def __init__(self, search: Search) -> None:
        self._search, self._left = search, MOST_SEARCHES

    async def cari_tulisan(self, kata: str) -> dict[str, Any]:
        """Cari tulisan BPS yang memuat kata-kata ini; hasilnya sumber bernomor.

        Args:
            kata: kata kunci dalam bahasa Indonesia.

        """
        return self._told(await self._search.texts_for(kata)) if self._may() else self._told(())

    async def cari_angka(self, pertanyaan: str) -> dict[str, Any]:
        """Cari angka resmi; hasilnya sumber bernomor berjenis angka dengan penandanya.

        Args:
            pertanyaan: indikator, wilayah, dan tahun, misalnya "inflasi Kota Surabaya 2024".

        """
        return self._told(await self._search.figures_for(pertanyaan)) if self._may() else self._told(())

    def _may(self) -> bool:
        self._left -= 1
        return self._left >= 0

    def _told(self, found: Sequence[Source]) -> dict[str, Any]:
        return {"sumber": [described(source) for source in found], "sisa_pencarian": max(self._left, 0)}
