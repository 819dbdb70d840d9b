"""Forms: a field with its label, help and error; the error summary; the always-visible search; the picker."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.forms import BaseForm, BoundField, CheckboxInput, FileField
from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halopst.core import formats
from halopst.core.formats import language
from halopst.core.shapes import Option

library = Library()

NUMERIC_INPUTS = {"tel", "number", "date", "time", "datetime-local"}


def _control(bound: BoundField, attrs: dict[str, Any]) -> SafeString:
    widget = bound.field.widget
    if bound.is_hidden or isinstance(widget, CheckboxInput):
        return bound.as_widget(attrs=attrs)
    classes = ["input", widget.attrs.get("class", "")]
    if getattr(widget, "input_type", "") in NUMERIC_INPUTS:
        classes.append("num")
    return bound.as_widget(attrs={"class": " ".join(filter(None, classes)), **attrs})


def _options(bound: BoundField, look: str) -> list[Any]:
    options = list(bound)
    if look == "chips":
        for option in options:
            option.data["attrs"]["class"] = "vh"
    return options


def _template(bound: BoundField) -> str:
    if bound.is_hidden:
        return "ui/field_hidden.html"
    if isinstance(bound.field.widget, CheckboxInput):
        return "ui/field_check.html"
    return "ui/field_group.html" if bound.use_fieldset else "ui/field.html"


@library.simple_tag
def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    look: Literal["list", "chips"] = "list",
    **attrs: Any,
) -> SafeString:
    """A form field with its label, help and error, tied together for assistive technology.

    `look` draws choices as a list or as chips; other arguments become attributes of the control
    (`autocomplete`, `inputmode`, `rows`, `placeholder`, `hx_get`, ...). A form field with an `optional_note`
    says that instead of "boleh dikosongkan".
    """
    if hint:
        bound.help_text = hint
    control = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
    if _lost(bound):
        control |= {"aria-invalid": "true", "aria-describedby": _described(bound)}
    context: dict[str, Any] = {
        "field": bound,
        "label": label or bound.label,
        "optional": ""
        if bound.field.required
        else getattr(bound.field, "optional_note", _("boleh dikosongkan")),
        "look": look,
        "errors": _errors(bound),
    }
    if bound.use_fieldset:
        context["options"] = _options(bound, look)
    else:
        context["control"] = _control(bound, control)
    return render_to_string(_template(bound), context)


@library.simple_tag
def error_summary(*sent: BaseForm | Sequence[BaseForm]) -> SafeString:
    """What must be put right, each error a link to its field; nothing when all is well.

    Forms sent together are told of together: one box, one count.

    A file to be chosen again is listed, but is nobody's mistake: the heading does not count it.
    """
    forms = [form for one in sent for form in ([one] if isinstance(one, BaseForm) else one)]
    if not any(form.errors for form in forms):
        return SafeString("")
    fields = [bound for form in forms if form.errors for bound in form if _errors(bound)]
    whole = [error for form in forms for error in form.non_field_errors()]
    total = sum(1 for bound in fields if bound.errors) + len(whole)
    title = ngettext(
        "Ada %(total)d isian yang perlu diperbaiki", "Ada %(total)d isian yang perlu diperbaiki", total
    ) % {"total": total}
    wrong = [(bound.auto_id, f"{_bare(bound)}: {' '.join(map(str, _errors(bound)))}") for bound in fields]
    return render_to_string("ui/error_summary.html", {"whole": whole, "wrong": wrong, "title": title})


def _described(bound: BoundField) -> str:
    """The help, where there is one, and the error."""
    parts = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    return " ".join([*parts, f"{bound.auto_id}_error"])


def _errors(bound: BoundField) -> list[Any]:
    return [*bound.errors, *_lost(bound)]


def _lost(bound: BoundField) -> list[str]:
    """That a file has to be chosen again: no browser fills it in anew when the form comes back.

    Nothing of a form field that says `keeps_files`: its page stores them whatever else is wrong.
    """
    field = bound.field
    if not isinstance(field, FileField) or getattr(field, "keeps_files", False):
        return []
    if bound.errors or not bound.form.errors:
        return []
    sent = bound.data if isinstance(bound.data, list) else [bound.data]
    names = ", ".join(file.name for file in sent if getattr(file, "name", ""))
    again = _("Berkas %(nama)s belum tersimpan. Pilih sekali lagi sebelum mengirim.")
    return [again % {"nama": names}] if names else []


def _bare(bound: BoundField) -> str:
    """The label without the sign it ends with: a colon follows."""
    return str(bound.label).rstrip(".:?")


def _count(count: int | str | None) -> str:
    if isinstance(count, int):
        return ngettext("%(n)s hasil", "%(n)s hasil", count) % {"n": formats.number(count, lang=language())}
    return count or ""


@library.simple_tag(takes_context=True)
def search(  # noqa: PLR0913  # one component, every facet optional
    context: Context,
    *,
    label: str,
    name: str = "q",
    value: str = "",
    placeholder: str = "",
    count: int | str | None = None,
    action: str = "",
    keep: Iterable[str] | str = (),
    target: str = "",
    filters: str = "",
    size: Literal["", "lg"] = "",
    id: str = "",
) -> SafeString:
    """The one search box, always visible: a real GET form with the number of results.

    `keep` names the query parameters that survive a search, with commas between them. With `target` (a
    selector) htmx swaps the results in while typing; with `filters` (a selector of items) a short list is
    filtered in the browser.
    """
    request = context.get("request")
    kept = filter(None, keep.split(",")) if isinstance(keep, str) else keep
    address = action or (request.path if request else "")
    return render_to_string(
        "ui/search.html",
        {
            "id": id or f"cari-{name}",
            "label": label,
            "name": name,
            "value": value,
            "placeholder": placeholder or label,
            "count": _count(count),
            "action": address,
            "hidden": [(key, v) for key in kept for v in (request.GET.getlist(key) if request else [])],
            "target": target,
            "filters": filters,
            "size": size,
        },
    )


@library.simple_tag
def search_count(count: int | str, *, id: str = "cari-q") -> SafeString:
    """The new number of results, for the fragment htmx swaps in: it replaces the one in the search box."""
    return format_html('<span class="search__n" id="{}-n" hx-swap-oob="true">{}</span>', id, _count(count))


@library.simple_block_tag(takes_context=True)
def choices(context: Context, content: SafeString, *, target: str = "#daftar", **kept: str) -> SafeString:
    """A GET form of `choice`s that narrow a list; htmx swaps it into `target` as soon as one is made.

    `kept` are further query parameters by name and value: what was searched for.
    """
    return render_to_string(
        "ui/choices.html",
        {"content": content, "target": target, "kept": kept, "action": context["request"].path},
    )


@library.simple_tag
def choice(
    label: str, name: str, options: Iterable[tuple[Any, object]], chosen: object = "", *, whole: str = ""
) -> SafeString:
    """One way to narrow a list: pairs of value and name, before them with `whole` what none of them means."""
    pairs = [*([("", whole)] if whole else []), *options]
    return render_to_string(
        "ui/choice.html", {"label": label, "name": name, "options": pairs, "chosen": chosen}
    )


@library.simple_tag(takes_context=True)
def picker(
    context: Context,
    id: str,
    *,
    title: str,
    name: str,
    options: Sequence[Option],
    action: str,
    label: str = "",
    submit: str = "",
    multiple: bool = False,
    method: Literal["get", "post"] = "get",
) -> SafeString:
    """A native dialog to choose from a list; its search cannot be switched off.

    Open it with `{% button "Pilih" url="#<id>" data_buka="<id>" %}`: a link that works without JavaScript.
    """
    return render_to_string(
        "ui/picker.html",
        {
            "id": id,
            "title": title,
            "name": name,
            "options": options,
            "action": action,
            "label": label or _("Cari di daftar ini"),
            "submit": submit or _("Pakai pilihan"),
            "kind": "checkbox" if multiple else "radio",
            "method": method,
            "csrf_token": context.get("csrf_token", ""),
            "count": _count(len(options)),
        },
    )
