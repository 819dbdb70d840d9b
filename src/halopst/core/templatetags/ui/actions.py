"""What visitors press: buttons, chips, tabs."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.forms.utils import flatatt
from django.template import Context, Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halopst.core.shapes import NavItem
from halopst.core.templatetags.ui.marks import draw_icon
from halopst.core.wayback import came_from, leading_back, way_back

library = Library()

FEW_TABS = 5
CURRENT_PAGE = SafeString(' aria-current="page"')

Kind = Literal["", "main", "soft", "bare", "bad", "line"]


def attributes(raw: dict[str, Any]) -> SafeString:
    """HTML attributes from keyword arguments: `hx_get="/x"` becomes `hx-get="/x"`; None and False vanish."""
    return flatatt({name.rstrip("_").replace("_", "-"): value for name, value in raw.items() if value})


@library.simple_tag
def button(
    label: str,
    *,
    url: str = "",
    kind: Kind = "",
    icon: str = "",
    icon_end: str = "",
    size: Literal["", "sm", "lg"] = "",
    block: bool = False,
    about: str = "",
    **attrs: Any,
) -> SafeString:
    """A link when it has a `url`, else a submit button; `about` completes the label for screen readers.

    Other arguments become attributes: `name`, `value`, `disabled`, `form`, `hx_get`, `data_buka`, ...
    """
    classes = ["btn", kind and f"btn--{kind}", size and f"btn--{size}", "btn--block" if block else ""]
    extra = attrs.pop("class", "")
    common = {"class": " ".join(filter(None, [*classes, extra]))}
    inside = format_html(
        "{}{}{}{}",
        draw_icon(icon) if icon else "",
        label,
        draw_icon(icon_end) if icon_end else "",
        format_html('<span class="vh">, {}</span>', about) if about else "",
    )
    if url:
        return format_html("<a{}>{}</a>", attributes({"href": url, **common, **attrs}), inside)
    return format_html("<button{}>{}</button>", attributes({"type": "submit", **common, **attrs}), inside)


@library.simple_tag
def icon_button(
    icon: str, label: str, *, url: str = "", size: Literal["", "sm"] = "", **attrs: Any
) -> SafeString:
    """A button or link that shows only an icon; `label` is its name for everyone who cannot see it."""
    common = {"class": f"ibtn ibtn--{size}" if size else "ibtn", "aria-label": label, "title": label, **attrs}
    if url:
        return format_html("<a{}>{}</a>", attributes({"href": url, **common}), draw_icon(icon))
    return format_html("<button{}>{}</button>", attributes({"type": "submit", **common}), draw_icon(icon))


@library.simple_tag
def chip(label: str, url: str, *, on: bool = False, icon: str = "", **attrs: Any) -> SafeString:
    """A filter that is a link; `on` marks the one in force. In a form use `field look="chips"`."""
    common = {"class": "chip", "href": url, "aria-current": "true" if on else None, **attrs}
    return format_html("<a{}>{}{}</a>", attributes(common), draw_icon(icon) if icon else "", label)


@library.simple_tag(takes_context=True)
def current(context: Context, item: NavItem) -> SafeString:
    """`aria-current` for the navigation entry of this page: its key is `active` or its URL this page's."""
    here = context.get("active")
    path = getattr(context.get("request"), "path", None)
    chosen = item.key == here if here else item.url == path
    return CURRENT_PAGE if chosen else SafeString("")


def _entries(items: Iterable[NavItem], active: str) -> SafeString:
    return format_html_join(
        "",
        '<a href="{}"{}>{}{}{}</a>',
        (
            (
                item.url,
                CURRENT_PAGE if item.key == active else "",
                draw_icon(item.icon) if item.icon else "",
                item.label,
                format_html(' <span class="n">{}</span>', item.badge) if item.badge else "",
            )
            for item in items
        ),
    )


@library.simple_tag
def tabs(items: Sequence[NavItem], active: str, *, label: str = "") -> SafeString:
    """Parts of one page, each a link of its own; of many, a phone shows the open one and a list of all."""
    name, row = label or _("Bagian halaman"), _entries(items, active)
    if len(items) <= FEW_TABS:
        return format_html('<nav class="tabs" aria-label="{}">{}</nav>', name, row)
    return format_html(
        '<nav aria-label="{}"><div class="tabs tabs--many">{}</div>'
        '<details class="parts"><summary><b>{}</b><span>{}</span></summary><div>{}</div></details></nav>',
        name,
        row,
        next((item.label for item in items if item.key == active), name),
        ngettext("%(n)d bagian", "%(n)d bagian", len(items)) % {"n": len(items)},
        row,
    )


@library.simple_tag
def seg(items: Sequence[NavItem], active: str, *, label: str) -> SafeString:
    """Two to four views of the same list, each a link."""
    return format_html('<nav class="seg" aria-label="{}">{}</nav>', label, _entries(items, active))


@library.simple_tag(takes_context=True)
def mending(context: Context, url: str) -> str:
    """The page where something on this list is mended, which then shows the way back to the list."""
    return leading_back(url, context["request"].get_full_path())


@library.simple_tag(takes_context=True)
def mending_url(context: Context) -> str:
    """The list this page was opened from to mend something, or nothing."""
    request = context.get("request")
    return way_back(request) if request else ""


@library.simple_tag(takes_context=True)
def back_url(context: Context) -> str:
    """The page the visitor came from, when it is one of ours; else the home page."""
    request = context.get("request")
    return (came_from(request) if request else "") or "/"
