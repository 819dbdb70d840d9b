import pytest
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from halopst.notifications.models import Delivery, Notice
from halopst.notifications.services import Attachment, Recipient, notify, recipient_of
from tests.accounts.factories import UserFactory
from tests.notifications.factories import MORNING
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
VALUES = {"nama": "Wening", "waktu": "Senin, 23 November 2026, 10.00 WIB"}


def tell(user=None, *, key="salam:1", **changes):
    user = user or UserFactory(name="Wening")
    values = {
        "kind": "tests.greeting",
        "unit": changes.pop("unit", None) or UnitFactory(name="BPS Kota Contoh", email="kota@bps.example"),
        "to": recipient_of(user),
        "context": VALUES,
        "about": "case:7",
        "key": key,
        "now": MORNING,
    }
    return notify(**values | changes)


def test_a_notice_is_written_with_its_fact_and_delivered_by_a_job(smtp, work, waiting_jobs):
    notice = tell()

    assert waiting_jobs() == ["halopst.notifications.tasks.deliver"]
    work(MORNING)

    delivery = Delivery.objects.get()
    assert (delivery.notice, delivery.channel, delivery.state) == (notice, "email", "sent")
    assert [(mail["Subject"], mail["Message-ID"]) for mail in smtp.mails] == [
        ("Halo Wening", f"<halopst-{delivery.pk}-{notice.pk}@bps.example>")
    ]


def test_without_the_fact_there_is_no_notice_and_no_job(smtp, waiting_jobs):
    with transaction.atomic():
        tell()
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert waiting_jobs() == []


def test_the_same_key_twice_is_one_notice(smtp, work):
    user = UserFactory()
    unit = UnitFactory()

    first, second = tell(user, unit=unit), tell(user, unit=unit)
    work(MORNING)

    assert first == second
    assert len(smtp.mails) == 1


def test_a_mail_carries_text_the_same_in_html_the_link_and_the_calendar_entry(smtp, work, settings):
    settings.PUBLIC_URL = "https://halopst.example"
    ics = Attachment(
        name="jadwal.ics",
        content_type="text/calendar; method=REQUEST; charset=utf-8",
        content=b"BEGIN:VCALENDAR",
    )
    tell(link="/permintaan/7/", attachments=[ics], context=VALUES | {"nama": "<b>Wening</b>"})
    work(MORNING)

    mail = smtp.mails[0]
    assert mail["From"] == "BPS Kota Contoh <halopst@bps.example>"
    assert mail["Reply-To"] == "kota@bps.example"
    assert mail["List-Unsubscribe"] is None
    text = mail.get_body(("plain",)).get_content()
    assert "Halo <b>Wening</b>, jadwal Anda Senin, 23 November 2026, 10.00 WIB." in text
    assert "https://halopst.example/permintaan/7/" in text
    html = mail.get_body(("html",)).get_content()
    assert "Halo &lt;b&gt;Wening&lt;/b&gt;, jadwal Anda Senin, 23 November 2026, 10.00 WIB." in html
    assert '<a href="https://halopst.example/permintaan/7/"' in html
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_param("method")) == (
        "jadwal.ics",
        "text/calendar",
        "REQUEST",
    )


def test_the_person_reads_it_in_their_language(smtp, work):
    tell(UserFactory(language="en"))
    work(MORNING)

    assert smtp.mails[0]["Subject"] == "Hello Wening"


def test_a_missing_value_is_a_programming_error(smtp):
    with pytest.raises(ValueError, match=r"tests.greeting is missing \['waktu'\]"):
        tell(context={"nama": "Wening"})


def test_a_line_break_in_a_value_cannot_forge_a_header(smtp, work):
    tell(context=VALUES | {"nama": "Wening\r\nBcc: semua@contoh.id"})
    work(MORNING)

    assert smtp.mails[0]["Subject"] == "Halo Wening Bcc: semua@contoh.id"
    assert smtp.mails[0]["Bcc"] is None


def test_without_credentials_the_message_stays_in_the_outbox(waiting_jobs):
    tell()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error_code) == ("skipped", "no-credentials")
    assert waiting_jobs() == []


def test_a_person_without_an_account_gets_mail_only(smtp, work):
    tell(to=Recipient(user_id=None, name="Tamu", email="tamu@contoh.id"))
    work(MORNING)

    assert [mail["To"] for mail in smtp.mails] == ["Tamu <tamu@contoh.id>"]
    assert Notice.objects.get().user is None


def test_sign_in_mail_takes_the_same_way_out_and_belongs_to_no_office(smtp, run_jobs, settings):
    settings.EMAIL_BACKEND = "halopst.notifications.backends.OutboxBackend"

    send_mail("Kode masuk", "Kode Anda 123456", None, ["wening@contoh.id"])
    run_jobs()

    assert [(mail["To"], mail["Subject"]) for mail in smtp.mails] == [("wening@contoh.id", "Kode masuk")]
    assert Notice.objects.get().unit is None


def test_credentials_taken_away_meanwhile_leave_the_message_in_the_outbox(smtp, settings, run_jobs):
    tell(kind="tests.urgent", context={"nama": "Wening"}, now=timezone.now())
    settings.SMTP_URL = ""
    run_jobs()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error_code, smtp.mails) == ("skipped", "no-credentials", [])
