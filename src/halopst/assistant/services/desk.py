"""The numbered sources a model may cite: passages and figures the visitor may read, masked."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from asgiref.sync import sync_to_async

from halopst.assistant.queries.figures import FigureRow, cells_of, indicators
from halopst.assistant.queries.slots import slots_of
from halopst.assistant.rules.masking import masked
from halopst.assistant.rules.slots import Slots, named_in
from halopst.assistant.rules.sources import Source, SourceKind
from halopst.assistant.rules.suspicion import gives_orders
from halopst.assistant.services.asking import citation, fits
from halopst.assistant.services.figure_replies import figure_reply
from halopst.core.actors import Actor
from halopst.knowledge.models import Indicator
from halopst.knowledge.queries import Filters, Found, Hit, search
from halopst.units.models import Unit

MOST_TEXTS = 5
MOST_FIGURES = 40
RELATED = 0.3
"""How sure a passage must be of answering to stand beside figures, which answer already."""
MOST_CHARACTERS = 9_000  # of passages: about 3,000 tokens

Json = Mapping[str, Any]


class Desk:
    """Grows while a model searches. `citations` are what an answer shows for each number."""

    def __init__(self, actor: Actor, unit: Unit, today: date) -> None:
        self._actor, self._unit, self._today = actor, unit, today
        self._room = MOST_CHARACTERS
        self.sources: list[Source] = []
        self.citations: dict[int, Json] = {}
        self.figures: dict[int, Json] = {}

    def lay(self, question: str, answer: Json) -> None:
        """What the plain answer rests on, and the passages that fit the question."""
        self._lay_figures(answer)
        slots = slots_of(question)
        found = self._found(question, MOST_TEXTS)
        quoted = {one["external_id"] for one in answer.get("citations", ())}
        least = RELATED if self.figures else 0.0
        fitting = [hit for hit in found.hits if fits(slots, hit) and hit.score >= least]
        fitting.sort(key=lambda hit: hit.document.external_id not in quoted)
        self._lay_texts(found, fitting)

    def covers(self, answer: Json) -> bool:
        """Whether there is something to say, and all the figures the plain answer shows are among it."""
        return bool(self.sources) and len(self.figures) >= len(answer.get("figures", ()))

    def names(self, question: str, numbers: Sequence[int]) -> bool:
        """Whether the sources of these numbers speak of the years and regions asked about."""
        slots: Slots = slots_of(question)
        cited = [source for source in self.sources if source.number in numbers]
        years = [source.published for source in cited if source.published]
        text = "\n".join([*(f"{source.title}\n{source.text}" for source in cited), *map(str, years)])
        return named_in(slots, text, published=None)

    async def texts_for(self, words: str) -> list[Source]:
        return await sync_to_async(self._more_texts)(words)

    async def figures_for(self, question: str) -> list[Source]:
        return await sync_to_async(self._more_figures)(question)

    def _more_texts(self, words: str) -> list[Source]:
        before = len(self.sources)
        found = self._found(words[:500], MOST_TEXTS)
        self._lay_texts(found, found.hits)
        return self.sources[before:]

    def _more_figures(self, question: str) -> list[Source]:
        before = len(self.sources)
        reply = figure_reply(question[:500], unit=self._unit, today=self._today, follow="")
        if reply is not None:
            self._lay_figures(asdict(reply[0]))
        return self.sources[before:]

    def _found(self, words: str, limit: int) -> Found:
        filters = Filters(unit=self._unit, citable_on=self._today)
        return search(self._actor, words, filters=filters, limit=limit)

    def _lay_texts(self, found: Found, hits: Sequence[Hit]) -> None:
        for hit in hits:
            text = masked(hit.read.text)
            known = {source.text for source in self.sources}
            if text in known or len(text) > self._room or gives_orders(f"{hit.read.lead}\n{text}"):
                continue
            self._room -= len(text)
            published = hit.document.published_on
            region = hit.document.unit.region if hit.document.unit else ""
            title = " · ".join(filter(None, dict.fromkeys((str(hit.document), hit.heading, region))))
            number = len(self.sources) + 1
            self.citations[number] = asdict(citation(found, hit))
            self.sources.append(
                Source(
                    number=number,
                    kind=SourceKind.TEXT,
                    title=masked(title),
                    text=text,
                    published=published.year if published else None,
                )
            )

    def _lay_figures(self, answer: Json) -> None:
        """Figures by their cells, then what was computed from them; too many to be worded are left out."""
        figures = {figure["cell"]: figure for figure in answer.get("figures", ())}
        if not figures or len(figures) > MOST_FIGURES:
            return
        cited = {one["external_id"]: one for one in answer["citations"]}
        rows = {row.id: row for row in cells_of(figures)}
        named = indicators({row.indicator_id for row in rows.values()})
        for cell, row in ((cell, rows[cell]) for cell in figures if cell in rows):
            self._lay_figure(figures[cell], row, named[row.indicator_id], cited.get(f"cell:{cell}"))
        for computed in answer.get("computed", ()):
            self._lay_computed(computed, rows, cited)

    def _lay_figure(self, figure: Json, row: FigureRow, indicator: Indicator, cited: Json | None) -> None:
        if cited is None or any(known["cell"] == row.id for known in self.figures.values()):
            return
        number = len(self.sources) + 1
        where = ", ".join(filter(None, (figure["region"], figure["period"], figure["status"])))
        self.citations[number], self.figures[number] = cited, figure
        self.sources.append(
            Source(
                number=number,
                kind=SourceKind.FIGURE,
                title=figure["source"],
                text=f"{figure['indicator']}; {figure['region']}; {figure['period']}",
                shown=f"{figure['value']} {figure['measure']}".strip() + f" ({where})",
                measure=figure["measure"],
                about=f"{row.indicator_id}:{row.breakdown}:{indicator.measure}",
                value=row.value,
                order=row.period.last_month,
            )
        )

    def _lay_computed(self, computed: Json, rows: Mapping[int, FigureRow], cited: Mapping[str, Json]) -> None:
        """A difference or growth with its sign; its citation is that of the figure it begins with."""
        cells = [rows[cell] for cell in computed["cell_ids"] if cell in rows]
        ours = cited.get(f"cell:{computed['cell_ids'][0]}")
        if ours is None or len(cells) < 2:  # noqa: PLR2004  # a difference is of two
            return
        number = len(self.sources) + 1
        sign = Decimal(cells[0].value).compare(cells[1].value)
        where = "; ".join(f"{row.region}, {row.period.label()}" for row in cells)
        self.citations[number] = ours
        self.sources.append(
            Source(
                number=number,
                kind=SourceKind.COMPUTED,
                title=computed["label"],
                text=where,
                shown=computed["text"],
                value=sign,
            )
        )
