from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.http import Request, respond
from halopst.scheduling import queries, services
from halopst.scheduling.forms import EditFieldForm, FieldForm, PolicyForm
from halopst.scheduling.models import Field
from halopst.scheduling.views.frame import expert_tabs, found, office_tabs, typed


@require_http_methods(["GET", "POST"])
@login_required
def fields(request: Request, slug: str) -> HttpResponse:
    """The office's fields in order, and a form for one more."""
    unit, text = found(queries.unit_to_manage, request, slug), typed(request)
    form = FieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_field(request.actor, unit=unit, **form.cleaned_data)
        except services.FieldExists as refusal:
            form.add_error("name", str(refusal.message))
        else:
            messages.success(request, _("Bidang %(nama)s ditambahkan di akhir.") % {"nama": added.name})
            return redirect("scheduling:fields", slug)
    context = {
        "office": unit,
        "fields": queries.search_fields(queries.all_fields(unit), text),
        "text": text,
        "form": form,
        "tabs": office_tabs(request.actor, unit),
        "active": "kelola",
    }
    status = 422 if form.is_bound else 200
    return respond(request, "scheduling/fields.html", context, partial="daftar", status=status)


@require_http_methods(["GET", "POST"])
@login_required
def field(request: Request, slug: str, pk: int) -> HttpResponse:
    """Rename a field, change its icon and synonyms, show or hide it."""
    unit = found(queries.unit_to_manage, request, slug)
    row = get_object_or_404(Field.objects.visible_to(request.actor).filter(unit=unit), pk=pk)
    form = EditFieldForm(request.POST or None, field=row)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_field(request.actor, row, **form.cleaned_data)
        except services.FieldExists as refusal:
            form.add_error("name", str(refusal.message))
        else:
            messages.success(request, _("Bidang tersimpan."))
            return redirect("scheduling:fields", slug)
    context = {"office": unit, "field": row, "form": form, "active": "kelola"}
    return respond(request, "scheduling/field.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def move_field(request: Request, slug: str, pk: int) -> HttpResponse:
    unit = found(queries.unit_to_manage, request, slug)
    row = get_object_or_404(Field.objects.visible_to(request.actor).filter(unit=unit), pk=pk)
    services.move_field(request.actor, row, direction="up" if request.POST.get("arah") == "naik" else "down")
    return redirect("scheduling:fields", slug)


@require_http_methods(["GET", "POST"])
@login_required
def policy(request: Request, slug: str) -> HttpResponse:
    """How the office gives out time."""
    unit = found(queries.unit_to_manage, request, slug)
    form = PolicyForm(request.POST or None, policy=queries.policy_of(unit))
    if request.method == "POST" and form.is_valid():
        services.set_policy(request.actor, unit=unit, policy=form.policy)
        messages.success(request, _("Aturan janji tersimpan. Janji yang sudah ada tidak berubah."))
        return redirect("scheduling:policy", slug)
    context = {
        "office": unit,
        "form": form,
        "tabs": office_tabs(request.actor, unit),
        "active": "kelola",
    }
    return respond(request, "scheduling/policy.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@login_required
def expert_policy(request: Request, pk: int) -> HttpResponse:
    """One expert's own rules, in place of the office's."""
    expert = found(queries.expert_to_manage, request, pk)
    form = PolicyForm(request.POST or None, policy=queries.policy_of(expert.unit, expert))
    if request.POST.get("aksi") == "ikut":
        services.drop_own_policy(request.actor, expert)
        return redirect("scheduling:expert-policy", pk)
    if request.method == "POST" and form.is_valid():
        services.set_policy(request.actor, unit=expert.unit, expert=expert, policy=form.policy)
        messages.success(request, _("Aturan khusus tersimpan. Janji yang sudah ada tidak berubah."))
        return redirect("scheduling:expert-policy", pk)
    context = {
        "expert": expert,
        "own": queries.own_policy(expert),
        "form": form,
        "tabs": expert_tabs(request.actor, expert),
        "active": "kelola",
    }
    return respond(request, "scheduling/expert_policy.html", context, status=422 if form.is_bound else 200)
