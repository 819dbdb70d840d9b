from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from halopst.accounts.models import User
from halopst.core.errors import Invalid
from halopst.core.http import Request, respond
from halopst.core.links import read
from halopst.notifications import queries
from halopst.notifications.forms import PreferencesForm
from halopst.notifications.kinds import OPTIONAL, Group
from halopst.notifications.services.preferences import decline, save_preferences
from halopst.notifications.views.inbox import frame_for


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: Request) -> HttpResponse:
    user = User.objects.visible_to(request.actor).get(pk=request.actor.user_id)
    groups = [group for group in Group if group != Group.WORK or request.actor.is_staff]
    form = PreferencesForm(request.POST or None, initial=_current(user, groups), groups=groups)
    if request.method == "POST" and form.is_valid():
        try:
            save_preferences(
                request.actor,
                wanted=form.wanted,
                offered=form.offered,
                whatsapp_phone=form.cleaned_data["phone"] if form.cleaned_data["whatsapp"] else None,
                quiet=form.quiet,
                now=timezone.now(),
            )
        except Invalid as refusal:
            form.add_error("phone", str(refusal.message))
        else:
            messages.success(request, _("Pilihan pemberitahuan tersimpan."))
            return redirect("notifications:preferences")
    context = {"form": form, "frame": frame_for(request), "me": user}
    return respond(request, "notifications/preferences.html", context, status=422 if form.errors else 200)


def _current(user: User, groups: list[Group]) -> dict[str, Any]:
    declined = queries.declined_choices(user.pk)
    contact = queries.agreed_contact(user.pk)
    hours = queries.own_quiet_hours(user.pk)
    starts, ends = (hours.starts, hours.ends) if hours else queries.DEFAULT_QUIET
    boxes = {
        f"{group}-{channel}": (str(group), channel) not in declined
        for group in groups
        for channel in ("email", "whatsapp")
    }
    return boxes | {
        "whatsapp": contact is not None,
        "phone": contact.phone if contact else user.phone,
        "own_hours": hours is not None,
        "quiet_starts": starts,
        "quiet_ends": ends,
    }


@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """The link at the foot of a mail: asks once, then stops this group of mails. No sign-in."""
    value = read("unsubscribe", token)
    group = Group(value["group"])
    if request.method == "POST" and group in OPTIONAL:
        decline(int(value["user"]), group=group)
        return respond(request, "notifications/unsubscribe.html", {"group": group, "done": True})
    return respond(request, "notifications/unsubscribe.html", {"group": group, "done": False})
