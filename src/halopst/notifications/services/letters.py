"""Turning a notice into what each channel carries. One text, three clothes."""

from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from halopst.core.links import sign
from halopst.notifications.channels import Attachment, Chat, Letter, Mail, Template
from halopst.notifications.kinds import NoticeKind, find_kind, kind_named
from halopst.notifications.models import Channel, Delivery, Notice
from halopst.notifications.rules import numbered, one_line, variables_in

LINK = "{alamat_halaman}"


def letter_for(delivery: Delivery, *, free_text: bool) -> Letter:
    """What goes out for `delivery`; `free_text` only matters to WhatsApp (its 24-hour window)."""
    if delivery.channel == Channel.EMAIL:
        return mail_for(delivery)
    return chat_for(delivery, free_text=free_text)


def mail_for(delivery: Delivery) -> Mail:
    notice = delivery.notice
    with override(notice.language):
        unsubscribe = unsubscribe_url(notice)
        return Mail(
            message_id=message_id(delivery),
            date=notice.at,
            from_name=sender_of(notice),
            to_name=notice.name,
            to=notice.email,
            subject=notice.subject,
            text=plain_text(notice, unsubscribe),
            html=html(notice, unsubscribe),
            reply_to=notice.unit.email if notice.unit else "",
            unsubscribe_url=unsubscribe,
            attachments=tuple(
                Attachment(name=file.name, content_type=file.content_type, content=bytes(file.content))
                for file in notice.files.all()
            ),
        )


def sender_of(notice: Notice) -> str:
    return notice.unit.name if notice.unit else "HaloPST"


def html(notice: Notice, unsubscribe: str) -> str:
    """The same words as `plain_text`, escaped."""
    context = {
        "notice": notice,
        "paragraphs": notice.body.split("\n\n"),
        "url": absolute(notice.link),
        "unsubscribe_url": unsubscribe,
        "sender": sender_of(notice),
    }
    return render_to_string("notifications/mail.html", context)


def plain_text(notice: Notice, unsubscribe: str) -> str:
    parts = [notice.body]
    if notice.link:
        parts.append(absolute(notice.link))
    parts.append(f"-- \n{sender_of(notice)}")
    if unsubscribe:
        parts.append(_("Tidak ingin menerima surel seperti ini: %(url)s") % {"url": unsubscribe})
    return "\n\n".join(parts) + "\n"


def chat_for(delivery: Delivery, *, free_text: bool) -> Chat:
    """Free text while the person's window is open, else the approved template with this notice's values."""
    notice, kind = delivery.notice, kind_named(delivery.notice.kind)
    address = absolute(notice.link)
    if free_text:
        text = "\n\n".join(filter(None, (notice.body, address)))
        return Chat(to=notice.phone, reference=reference(delivery), text=text)
    names = variables_in(kind.body(notice.language))
    values = [one_line(notice.context[name]) or "-" for name in names]
    template = Template(
        name=kind.whatsapp_template,
        language=notice.language,
        parameters=(*values, address or absolute(reverse("notifications:inbox"))),
    )
    return Chat(to=notice.phone, reference=reference(delivery), template=template)


def template_text(kind: NoticeKind, language: str) -> str:
    """What to submit to WhatsApp for approval: the platform's words, variables numbered, the link last."""
    return numbered(f"{kind.body(language)}\n\n{LINK}")


def reference(delivery: Delivery) -> str:
    """Our own name for this handing-over; the provider repeats it in each status."""
    return f"halopst-{delivery.pk}-{delivery.claim}"


def message_id(delivery: Delivery) -> str:
    """Always the same for the same delivery, so that a mail sent twice is recognised as one."""
    _local, _at, domain = settings.MAIL_FROM.rpartition("@")
    return f"<halopst-{delivery.pk}-{delivery.notice_id}@{domain}>"


def absolute(link: str) -> str:
    return urljoin(f"{settings.PUBLIC_URL}/", link) if link else ""


def unsubscribe_url(notice: Notice) -> str:
    """A signed page that stops this group's e-mail; only for groups a person may decline altogether."""
    kind = find_kind(notice.kind)
    if kind is None or not kind.is_optional or notice.user_id is None:
        return ""
    token = sign("unsubscribe", {"user": notice.user_id, "group": str(kind.group)})
    return absolute(reverse("notifications:unsubscribe", args=[token]))
