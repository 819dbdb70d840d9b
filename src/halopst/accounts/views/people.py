"""The people of an office: who works there, who is invited, what single sign-on gives, who asks to go."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.accounts import queries, services
from halopst.accounts.forms import InvitationForm, MappingForm, RoleForm
from halopst.accounts.models import Invitation, Membership, OrganisationMapping
from halopst.accounts.views.frames import PER_PAGE, people_frame, search_text
from halopst.core.forms import attempt
from halopst.core.http import Request, respond


@never_cache
@login_required
@require_GET
def people(request: Request) -> HttpResponse:
    text = search_text(request)
    page = Paginator(queries.people(request.actor, text=text), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "q": text,
        "invitations": queries.open_invitations(request.actor),
        **people_frame(request, "people"),
    }
    return respond(request, "accounts/people.html", context, partial="daftar")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    form = InvitationForm(request.POST or None, units=queries.units_to_staff(request.actor))
    path = reverse("accounts:invitation", kwargs={"token": "TOKEN"}).replace("TOKEN", "{token}")

    def act() -> None:
        services.invite(request.actor, **form.cleaned_data, path=path, now=timezone.now())

    status = attempt(form, act) if request.method == "POST" else 200
    if status == HTTPStatus.OK and request.method == "POST":
        messages.success(request, _("Undangan terkirim ke %(email)s.") % form.cleaned_data)
        return redirect("accounts:people")
    return respond(
        request, "accounts/invite.html", {"form": form, **people_frame(request, "people")}, status=status
    )


@login_required
@require_POST
def withdraw_invitation(request: Request, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.actor), pk=pk)
    services.withdraw_invitation(request.actor, invitation, now=timezone.now())
    return redirect("accounts:people")


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    """The mailed link: say what is offered, and take it up."""
    now = timezone.now()
    offered = services.read_invitation(token, now=now)
    if request.method == "POST":
        user = services.accept_invitation(token, now=now)
        return services.sign_in(request, user, method="invitation", next_url="/")
    return respond(request, "accounts/invitation.html", {"invitation": offered})


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def person(request: Request, pk: int) -> HttpResponse:
    """One colleague: the roles held here, and one more."""
    who = queries.colleague(request.actor, pk)
    frame = people_frame(request, "people")
    if request.method == "GET" and not frame["manages"]:
        return respond(request, "accounts/person.html", {"who": who, **frame})
    form = RoleForm(request.POST or None, units=queries.units_to_staff(request.actor))

    def act() -> None:
        services.give_role(request.actor, user=who, **form.cleaned_data)

    status = attempt(form, act) if request.method == "POST" else 200
    if status == HTTPStatus.OK and request.method == "POST":
        messages.success(request, _("Peran diberikan."))
        return redirect("accounts:person", pk=pk)
    return respond(request, "accounts/person.html", {"who": who, "form": form, **frame}, status=status)


@login_required
@require_POST
def take_role(request: Request, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.visible_to(request.actor), pk=pk)
    services.take_role(request.actor, membership)
    messages.success(request, _("Peran dicabut."))
    return redirect("accounts:people")


@login_required
@require_POST
def switch_account(request: Request, pk: int) -> HttpResponse:
    """Close a colleague's account, or open it again."""
    who = queries.colleague(request.actor, pk)
    if request.POST.get("active") == "1":
        services.reactivate(request.actor, who)
    else:
        services.deactivate(request.actor, who)
    return redirect("accounts:person", pk=pk)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def mappings(request: Request) -> HttpResponse:
    rows = queries.mappings(request.actor, text=search_text(request))
    form = MappingForm(request.POST or None, units=queries.units_to_staff(request.actor))

    def act() -> None:
        services.add_mapping(request.actor, **form.cleaned_data)

    status = attempt(form, act) if request.method == "POST" else 200
    if status == HTTPStatus.OK and request.method == "POST":
        return redirect("accounts:mappings")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": search_text(request), "form": form, **people_frame(request, "mappings")}
    return respond(request, "accounts/mappings.html", context, partial="daftar", status=status)


@login_required
@require_POST
def remove_mapping(request: Request, pk: int) -> HttpResponse:
    mapping = get_object_or_404(OrganisationMapping.objects.visible_to(request.actor), pk=pk)
    services.remove_mapping(request.actor, mapping)
    return redirect("accounts:mappings")


@never_cache
@login_required
@require_GET
def erasures(request: Request) -> HttpResponse:
    rows = queries.erasures(request.actor, text=search_text(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "q": search_text(request),
        "now": timezone.now(),
        **people_frame(request, "erasures"),
    }
    return respond(request, "accounts/erasures.html", context, partial="daftar")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def erase(request: Request, pk: int) -> HttpResponse:
    """What cannot be undone is asked twice."""
    wanted = get_object_or_404(queries.erasures(request.actor), pk=pk, done_at=None)
    if request.method == "GET":
        context = {"wanted": wanted, **people_frame(request, "erasures")}
        return respond(request, "accounts/erase.html", context)
    services.erase(request.actor, wanted, now=timezone.now())
    messages.success(request, _("Data pribadi orang itu sudah dihapus."))
    return redirect("accounts:erasures")
