"""The numbered sources a model may cite: passages and figures the visitor may read, without contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from asgiref.sync import sync_to_async

from halopst.assistant.queries.figures import FigureRow, cells_of, indicators
from halopst.assistant.queries.years_and_regions import years_and_regions_of
from halopst.assistant.rules.checking.sources import Source, SourceKind
from halopst.assistant.rules.figures.answers import within_sentence
from halopst.assistant.rules.language.english_names import (
    indicator_names,
    measure_in_english,
    period_names,
    phrases,
    region_names,
)
from halopst.assistant.rules.privacy.masking import contacts_masked
from halopst.assistant.rules.question.introductions import without_introduction
from halopst.assistant.rules.question.understanding import LONGEST_QUESTION
from halopst.assistant.rules.question.years_and_regions import YearsAndRegions, named_in
from halopst.assistant.services.answering.asking import fits
from halopst.assistant.services.answering.figure_replies import figure_reply, is_ranking
from halopst.assistant.services.answering.quoting import citation
from halopst.core.actors import Actor
from halopst.core.formats import Lang
from halopst.knowledge.models import Indicator
from halopst.knowledge.queries import Filters, Found, Hit, search
from halopst.knowledge.queries.regions import gazetteer
from halopst.knowledge.rules.search.confidence import SURE
from halopst.knowledge.rules.texts.prompt_injection import gives_orders
from halopst.units.models import Unit

MOST_TEXTS = 5
MOST_FIGURES = 40
RELATED = 0.3
"""How sure a passage must be of answering to stand beside figures, or to be cited where nothing was known."""
MOST_CHARACTERS = 9_000  # of passages: about 3,000 tokens

Json = Mapping[str, Any]


class Desk:
    """Grows while a model searches. `citations` are what an answer shows for each number.

    For English it holds figures alone, each by its names in both languages: texts here are Indonesian.
    """

    def __init__(self, actor: Actor, unit: Unit | None, today: date, *, lang: Lang = "id") -> None:
        self._actor, self._unit, self._today, self._lang = actor, unit, today, lang
        self._room = MOST_CHARACTERS
        self.sources: list[Source] = []
        self.citations: dict[int, Json] = {}
        self.figures: dict[int, Json] = {}
        self._answered = 0  # so many of the first sources are what the plain answer says

    def lay(self, question: str, answer: Json) -> None:
        """What the plain answer rests on, and the passages that fit the question."""
        self._lay_figures(answer)
        self._answered = len(self.sources)
        if self._lang == "en":
            return
        question = without_introduction(question)
        named = years_and_regions_of(question)
        found = self._found(question)
        quoted = {one["external_id"] for one in answer.get("citations", ())}
        least = RELATED if self.figures else 0.0
        fitting = [hit for hit in found.hits if fits(named, hit) and hit.score >= least]
        fitting.sort(key=lambda hit: hit.document.external_id not in quoted)
        is_sure = answer["known"] and not answer.get("tentative")
        self._lay_texts(found, fitting, least=0.0 if is_sure else RELATED)

    def covers(self, answer: Json) -> bool:
        """Whether there is something to say, and all the figures the plain answer shows are among it."""
        return bool(self.sources) and len(self.figures) >= len(answer.get("figures", ()))

    def told(self, answer: Json) -> dict[int, str]:
        """The figures of the plain answer by the numbers of their sources, each as it is shown."""
        cells = {figure["cell"] for figure in answer.get("figures", ())}
        return {number: one["value"] for number, one in self.figures.items() if one["cell"] in cells}

    def names(self, question: str, numbers: Sequence[int]) -> bool:
        """Whether the sources of these numbers speak of the years and regions asked about.

        Figures of the plain answer do: a ranking's need not name the area it is of.
        """
        if max(numbers) <= self._answered:
            return True
        named: YearsAndRegions = years_and_regions_of(question)
        cited = [source for source in self.sources if source.number in numbers]
        years = [source.published for source in cited if source.published]
        text = "\n".join([*(f"{source.title}\n{source.text}" for source in cited), *map(str, years)])
        return named_in(named, text, published=None)

    async def texts_for(self, words: str) -> list[Source]:
        return await sync_to_async(self._more_texts)(words)

    async def figures_for(self, question: str) -> list[Source]:
        return await sync_to_async(self._more_figures)(question)

    def _more_texts(self, words: str) -> list[Source]:
        before = len(self.sources)
        if self._lang == "en":
            return []
        found = self._found(words[:LONGEST_QUESTION])
        again = self._trust([hit for hit in found.hits if hit.score >= SURE])
        self._lay_texts(found, found.hits, least=SURE)
        return [*again, *self.sources[before:]]

    def _trust(self, hits: Sequence[Hit]) -> list[Source]:
        """What lay here as weak, and is what a model's own words surely ask for, may be cited after all."""
        sure = {contacts_masked(hit.read.text) for hit in hits}
        found = {
            at: replace(one, weak=False)
            for at, one in enumerate(self.sources)
            if one.weak and one.text in sure
        }
        self.sources = [found.get(at, one) for at, one in enumerate(self.sources)]
        return list(found.values())

    def _more_figures(self, question: str) -> list[Source]:
        before = len(self.sources)
        reply = figure_reply(question[:LONGEST_QUESTION], unit=self._unit, today=self._today, follow="")
        if reply is not None:
            self._lay_figures(asdict(reply.answer))
        return self.sources[before:]

    def _found(self, words: str) -> Found:
        filters = Filters(unit=self._unit, citable_on=self._today)
        return search(self._actor, words, filters=filters, limit=MOST_TEXTS)

    def _lay_texts(self, found: Found, hits: Sequence[Hit], *, least: float) -> None:
        """Those less sure than `least` are weak."""
        for hit in hits:
            text = contacts_masked(hit.read.text)
            known = {source.text for source in self.sources}
            if text in known or len(text) > self._room or gives_orders(f"{hit.read.lead}\n{text}"):
                continue
            self._room -= len(text)
            title = " · ".join(filter(None, dict.fromkeys((str(hit.document), hit.heading, hit.region))))
            number = len(self.sources) + 1
            self.citations[number] = asdict(citation(found, hit))
            self.sources.append(
                Source(
                    number=number,
                    kind=SourceKind.TEXT,
                    title=contacts_masked(title),
                    text=text,
                    published=hit.year,
                    weak=hit.score < least,
                )
            )

    def _lay_figures(self, answer: Json) -> None:
        """Figures by their cells, then what was computed from them; too many to be worded are left out."""
        figures = {figure["cell"]: figure for figure in answer.get("figures", ())}
        if not figures or len(figures) > MOST_FIGURES:
            return
        cited = {one["external_id"]: one for one in answer["citations"]}
        several = bool(answer.get("further"))  # of which any may be a ranking
        ranked = several or is_ranking(answer.get("follow", ""))
        rows = {row.id: row for row in cells_of(figures)}
        named = indicators({row.indicator_id for row in rows.values()})
        for at, (cell, row) in enumerate((cell, rows[cell]) for cell in figures if cell in rows):
            tops = not ranked or (at == 0 and not several)
            told = cited.get(f"cell:{cell}")
            self._lay_figure(figures[cell], row, named[row.indicator_id], told, tops=tops)
        for computed in answer.get("computed", ()):
            self._lay_computed(computed, rows, cited)

    def _lay_figure(
        self, figure: Json, row: FigureRow, indicator: Indicator, cited: Json | None, *, tops: bool
    ) -> None:
        told = any(known["cell"] == row.id for known in self.figures.values())
        if cited is None or told or gives_orders(f"{figure['source']}\n{figure['indicator']}"):
            return
        number = len(self.sources) + 1
        where = ", ".join(filter(None, (figure["region"], figure["period"], figure["status"])))
        measure = self._unit_said(figure["measure"])
        names = _names(row, indicator)
        plain = f"{figure['indicator']}; {figure['region']}; {figure['period']}"
        self.citations[number], self.figures[number] = cited, figure
        self.sources.append(
            Source(
                number=number,
                kind=SourceKind.FIGURE,
                title=figure["source"],
                text="; ".join(" / ".join(one) for one in names) if self._lang == "en" else plain,
                shown=f"{figure['value']} {measure}".strip() + f" ({where})",
                measure=measure,
                about=f"{row.indicator_id}:{row.breakdown}:{indicator.measure}",
                value=row.value,
                order=row.period.last_month,
                region=row.region_code,
                says=phrases([*chain(*names), figure["source"], figure["status"], measure]),
                tops=tops,
            )
        )

    def _lay_computed(self, computed: Json, rows: Mapping[int, FigureRow], cited: Mapping[str, Json]) -> None:
        """A difference or growth, over time with its sign; cited as the figure it begins with is."""
        cells = [rows[cell] for cell in computed["cell_ids"] if cell in rows]
        ours = cited.get(f"cell:{computed['cell_ids'][0]}")
        if ours is None or len(cells) < 2:  # noqa: PLR2004  # a difference is of two
            return
        number = len(self.sources) + 1
        parts = [one for one, figure in self.figures.items() if figure["cell"] in computed["cell_ids"]]
        where = "; ".join(f"{row.region}, {row.period.label(self._lang)}" for row in cells)
        self.citations[number] = ours
        self.sources.append(
            Source(
                number=number,
                kind=SourceKind.COMPUTED,
                title=computed["label"],
                text=where,
                shown=self._measured(computed["text"], parts),
                value=_sign(cells[0], cells[1]),
                parts=frozenset(parts),
                says=frozenset().union(*(one.says for one in self.sources if one.number in parts)),
            )
        )

    def _measured(self, text: str, parts: Sequence[int]) -> str:
        """A difference with its unit in English, where that is what is written."""
        measure = self.figures[parts[0]]["measure"] if parts else ""
        bare = text.removesuffix(f" {within_sentence(measure)}")
        if self._lang == "id" or not measure or bare == text:
            return text
        return f"{bare} {self._unit_said(measure)}"

    def _unit_said(self, measure: str) -> str:
        """As a sentence says the unit, in the language that is written."""
        return within_sentence(measure_in_english(measure) if self._lang == "en" else measure)


def _sign(later: FigureRow, earlier: FigureRow) -> Decimal | None:
    """Whether one region's figure rose; None of two regions, and of a period before."""
    is_over_time = earlier.period.last_month < later.period.last_month
    if later.region_code != earlier.region_code or not is_over_time:
        return None
    return later.value.compare(earlier.value)


def _names(row: FigureRow, indicator: Indicator) -> list[list[str]]:
    """What it measures, where and when, each by all its names."""
    region = gazetteer().by_code.get(row.region_code)
    others = [one for one in indicator.other_names if not gives_orders(one)]
    return [
        indicator_names(indicator.name, others, row.breakdown),
        region_names(row.region, region.kind if region else ""),
        period_names(row.period),
    ]
