"""The address of a mitra's own page as an office sends it. It names a mitra; the code lets them in."""

from django.urls import reverse

from halopst.core.links import BadLink, read, sign
from halopst.partners.models import OwnLink
from halopst.partners.rules.own import LINK_LASTS

PURPOSE = "partners.own-link"


def own_path(link: OwnLink) -> str:
    return reverse("own:link", kwargs={"token": sign(PURPOSE, {"link": link.pk})})


def link_id_of(token: str) -> int | None:
    """The link that `token` is, or None for anything else; whether it still holds is the row's to say."""
    try:
        return int(read(PURPOSE, token, max_age=LINK_LASTS)["link"])
    except BadLink:
        return None
