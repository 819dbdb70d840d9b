from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from halopst.core.http import Request, respond
from halopst.core.live import latest_id
from halopst.core.pages import LongPaginator
from halopst.notifications import queries
from halopst.notifications.models import Notice
from halopst.notifications.services.inbox import mark_all_read, mark_read
from halopst.notifications.topics import inbox_of

PAGE = 20


def frame_for(request: Request) -> str:
    """Officers keep their own surroundings; visitors theirs."""
    return "kerja.html" if request.actor.is_staff else "publik.html"


@require_GET
@login_required
def inbox(request: Request) -> HttpResponse:
    text = request.GET.get("q", "")
    only_unread = request.GET.get("lihat") == "baru"
    found = queries.inbox(request.actor, text=text, only_unread=only_unread)
    context = {
        "page": LongPaginator(found, PAGE).get_page(request.GET.get("page")),
        "q": text,
        "only_unread": only_unread,
        "unread": queries.unread_count(request.actor),
        "frame": frame_for(request),
        "topic": inbox_of(request.actor.user_id),
        "since": latest_id(),
    }
    return respond(request, "notifications/inbox.html", context, partial="results")


@require_POST
@login_required
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Mark it read and go where it leads; without a link, back to the inbox."""
    own = Notice.objects.visible_to(request.actor).addressed_to(request.actor)
    notice = mark_read(request.actor, get_object_or_404(own, pk=pk), now=timezone.now())
    return redirect(notice.link or "notifications:inbox")


@require_POST
@login_required
def read_all(request: Request) -> HttpResponse:
    mark_all_read(request.actor, now=timezone.now())
    return redirect("notifications:inbox")
