from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.core.http import Request, respond
from halopst.scheduling import queries, services
from halopst.scheduling.forms import PhotoForm, ProfileForm
from halopst.scheduling.models import Expert
from halopst.scheduling.views.frame import expert_tabs, found, place_of


@require_http_methods(["GET", "POST"])
@login_required
def profile(request: Request, pk: int) -> HttpResponse:
    expert = found(queries.expert_to_edit, request, pk)
    form = ProfileForm(request.POST or None, expert=expert)
    if request.method == "POST" and form.is_valid():
        services.edit_profile(request.actor, expert, **form.values)
        messages.success(request, _("Profil tersimpan. Pengunjung melihatnya mulai sekarang."))
        return redirect("scheduling:profile", pk)
    return _page(request, expert, form, PhotoForm())


@require_POST
@login_required
def photo(request: Request, pk: int) -> HttpResponse:
    expert = found(queries.expert_to_edit, request, pk)
    if request.POST.get("aksi") == "hapus":
        services.remove_photo(request.actor, expert)
        messages.success(request, _("Foto dihapus. Yang tampil sekarang inisial nama."))
        return redirect("scheduling:profile", pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            services.set_photo(request.actor, expert, image=form.cleaned_data["photo"])
        except services.NotAPhoto as refusal:
            form.add_error("photo", str(refusal.message))
        else:
            messages.success(request, _("Foto tersimpan."))
            return redirect("scheduling:profile", pk)
    return _page(request, expert, ProfileForm(expert=expert), form)


@require_GET
@cache_control(max_age=86_400, public=True, immutable=True)
def show_photo(request: Request, pk: int) -> HttpResponse | FileResponse:
    """The photo's address carries its name, so a new photo has a new address."""
    expert = get_object_or_404(Expert.objects.visible_to(request.actor), pk=pk)
    try:
        return FileResponse(expert.photo.open(), content_type="image/jpeg")
    except (ValueError, OSError) as error:
        raise Http404 from error


def _page(request: Request, expert: Expert, form: ProfileForm, photo_form: PhotoForm) -> HttpResponse:
    context = {
        "expert": expert,
        "form": form,
        "photo_form": photo_form,
        "tabs": expert_tabs(request.actor, expert),
        "active": place_of(request.actor, expert),
    }
    is_wrong = form.is_bound or photo_form.is_bound
    return respond(request, "scheduling/profile.html", context, status=422 if is_wrong else 200)
