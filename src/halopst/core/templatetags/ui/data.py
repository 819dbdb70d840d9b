"""Lists and figures: toolbars, tables, pages, charts, the Kain."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page
from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from halopst.core import charts
from halopst.core.formats import language
from halopst.core.kain import weave
from halopst.core.shapes import Series

library = Library()


@library.simple_block_tag
def toolbar(content: SafeString) -> SafeString:
    """The row above a list: search first, then filters and downloads."""
    return format_html('<div class="bar">{}</div>', content)


@library.simple_block_tag
def table(content: SafeString, *, label: str, cards: bool = False) -> SafeString:
    """A data table that scrolls inside its own frame.

    `cards` turns rows into cards on phones; give each `td` a `data-label`.
    """
    return format_html(
        '<div class="tw{}" tabindex="0" role="region" aria-label="{}"><table class="tbl">{}</table></div>',
        " tw--cards" if cards else "",
        label,
        content,
    )


@library.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], *, param: str = "page", label: str = "") -> SafeString:
    """Links to the other pages of a list; the rest of the address stays. Nothing when there is one page."""
    if not page.has_other_pages():
        return SafeString("")
    request = context.get("request")
    query = request.GET.copy() if request else None

    def address(number: int) -> str:
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    gap = str(page.paginator.ELLIPSIS)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return render_to_string(
        "ui/pagination.html",
        {
            "label": label or _("Halaman daftar"),
            "previous": address(page.previous_page_number()) if page.has_previous() else "",
            "next": address(page.next_page_number()) if page.has_next() else "",
            "pages": [(n, "" if n == gap else address(int(n)), n == page.number) for n in numbers],
        },
    )


@library.simple_tag(takes_context=True)
def kain(context: Context, counts: Sequence[int], *, cls: str = "kain", rows: int = 0) -> SafeString:
    """The Kain Layanan of these daily counts, oldest first; nothing when the visitor saves data."""
    request = context.get("request")
    if request is not None and request.headers.get("Save-Data") == "on":
        return SafeString("")
    return mark_safe(weave(tuple(counts), rows=rows, cls=cls))  # noqa: S308  # numbers and our own class name


def _figure(
    draw: Callable[[charts.Frame], str],
    finding: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    compact: bool,
    switch: str,
    begins_at: str = "",
) -> SafeString:
    return render_to_string(
        "ui/chart.html",
        {
            "wide": "" if compact else mark_safe(draw(charts.WIDE)),  # noqa: S308  # charts.py escapes labels
            "narrow": mark_safe(draw(charts.NARROW)),  # noqa: S308  # charts.py escapes labels
            "finding": finding,
            "head": head,
            "rows": rows,
            "switch": switch,
            "begins_at": begins_at,
        },
    )


@library.simple_tag
def line_chart(
    series: Sequence[Series],
    labels: Sequence[str],
    *,
    finding: str,
    decimals: int = 0,
    unit: str = "",
    corner: str = "",
    compact: bool = False,
    switch: str = "",
    close: bool = False,
) -> SafeString:
    """Lines with direct labels, and the same figures as a table.

    `finding` says in words what the chart shows; `corner` heads the labels; `compact` is for a column
    narrower than 560 px. `switch`, a name of its own on the page, puts chart and table behind two tabs.
    `close` looks closely at values far from zero, and says where the axis begins.
    """
    style = charts.Style(finding, decimals, unit, language(), close)
    return _figure(
        lambda frame: charts.lines(series, labels, frame, style),
        finding,
        [corner, *(one.name for one in series)],
        charts.table(series, labels, style),
        compact=compact,
        switch=switch,
        begins_at=charts.begins_at(series, style),
    )


@library.simple_tag
def bar_chart(
    values: Sequence[tuple[str, float]],
    *,
    finding: str,
    name: str,
    decimals: int = 0,
    unit: str = "",
    corner: str = "",
    compact: bool = False,
    switch: str = "",
) -> SafeString:
    """Horizontal bars from zero, each with its label and value; `name` says what is counted."""
    style = charts.Style(finding, decimals, unit, language())
    only = Series(name, tuple(value for _label, value in values))
    return _figure(
        lambda frame: charts.bars(values, frame, style),
        finding,
        [corner, name],
        charts.table([only], [label for label, _value in values], style),
        compact=compact,
        switch=switch,
    )


@library.simple_tag
def spark(values: Sequence[float]) -> SafeString:
    """A word-sized line beside the figure it belongs to; decorative."""
    return mark_safe(charts.spark(values))  # noqa: S308  # numbers only
