from datetime import timedelta

import pytest

from halopst.notifications.kinds import kind_named
from halopst.notifications.models import Contact, Delivery, WhatsAppTemplate
from halopst.notifications.services import recipient_of
from halopst.notifications.services.consent import opt_in, opt_out
from halopst.notifications.services.letters import template_text
from tests.accounts.factories import UserFactory
from tests.notifications.cloud_api import call, status, text
from tests.notifications.factories import MORNING
from tests.notifications.test_outbox import tell

pytestmark = pytest.mark.django_db
PHONE = "6281234567890"


@pytest.fixture
def wening():
    user = UserFactory(name="Wening", phone="0812-3456-7890")
    opt_in(user, phone=user.phone, how="preferences", now=MORNING)
    return user


def states():
    return list(Delivery.objects.order_by("pk").values_list("channel", "state", "error_code"))


def test_who_agreed_gets_the_approved_template_with_the_values_of_the_notice(cloud, work, wening, settings):
    settings.PUBLIC_URL = "https://halopst.example"
    tell(wening, link="/permintaan/7/")
    work(MORNING)

    (message,) = cloud.accepted
    assert message["to"] == PHONE
    assert message["template"] == {
        "name": "salam",
        "language": {"code": "id"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "Wening"},
                    {"type": "text", "text": "Senin, 23 November 2026, 10.00 WIB"},
                    {"type": "text", "text": "https://halopst.example/permintaan/7/"},
                ],
            }
        ],
    }
    delivery = Delivery.objects.get(channel="whatsapp")
    assert (delivery.state, delivery.provider_id) == ("sent", message["wamid"])
    assert message["biz_opaque_callback_data"] == f"halopst-{delivery.pk}-1"


def test_the_template_to_submit_has_one_number_for_each_value_that_is_sent(cloud, work, wening):
    tell(wening)
    work(MORNING)

    sent = cloud.accepted[0]["template"]["components"][0]["parameters"]
    submitted = template_text(kind_named("tests.greeting"), "id")
    assert submitted == "Halo {{1}}, jadwal Anda {{2}}.\n\n{{3}}"
    assert len(sent) == 3
    assert sent[-1]["text"].endswith("/pemberitahuan/")


def test_within_a_day_of_their_message_the_office_writes_freely(cloud, work, wening):
    Contact.objects.update(last_inbound_at=MORNING - timedelta(hours=23, minutes=59))
    tell(wening)
    work(MORNING)

    assert cloud.accepted[0]["text"] == {
        "preview_url": False,
        "body": "Halo Wening, jadwal Anda Senin, 23 November 2026, 10.00 WIB.",
    }


def test_nobody_is_written_to_without_consent(cloud, work):
    tell(UserFactory(phone="0812-3456-7890"))
    work(MORNING)

    assert cloud.accepted == []
    assert states() == [("email", "skipped", "no-credentials")]


def test_consent_is_to_one_person_at_one_number(cloud, work, wening):
    tell(UserFactory(phone="0812-3456-7890"))
    work(MORNING)

    assert cloud.accepted == []


def test_who_takes_consent_back_before_it_leaves_gets_mail_instead(cloud, smtp, work, wening):
    notice = tell(wening)
    Delivery.objects.filter(channel="email").delete()
    opt_out(wening, now=MORNING)
    work(MORNING)

    assert cloud.accepted == []
    assert states() == [("whatsapp", "skipped", "not-allowed"), ("email", "sent", "")]
    assert notice.deliveries.get(channel="email").is_fallback


@pytest.mark.parametrize("word", ["STOP", "berhenti", " Berhenti. "])
def test_stop_ends_the_messages_and_mulai_lets_them_come_again(cloud, work, webhook, wening, word):
    webhook(call(messages=[text(word, wamid="wamid.in1", at=MORNING + timedelta(minutes=1))]))
    assert not Contact.objects.get().agrees

    webhook(call(messages=[text("Mulai", wamid="wamid.in2", at=MORNING + timedelta(minutes=2))]))
    assert Contact.objects.get().agrees


def test_an_older_stop_that_arrives_late_does_not_undo_a_newer_yes(cloud, webhook, wening):
    webhook(call(messages=[text("STOP", wamid="wamid.in1", at=MORNING - timedelta(minutes=1))]))

    assert Contact.objects.get().agrees


def test_a_busy_provider_is_asked_again_after_a_growing_pause(cloud, work, wening):
    cloud.errors = [(130429, 429), (131056, 400)]
    tell(wening)

    work(MORNING)
    delivery = Delivery.objects.get(channel="whatsapp")
    assert (delivery.state, delivery.error_code, delivery.next_at) == (
        "queued",
        "130429",
        MORNING + timedelta(seconds=5),
    )
    work(MORNING + timedelta(seconds=4))
    assert len(cloud.refused) == 1
    work(MORNING + timedelta(seconds=5))
    work(MORNING + timedelta(seconds=35))

    assert len(cloud.accepted) == 1
    assert Delivery.objects.get(channel="whatsapp").state == "sent"


def test_a_provider_that_stays_busy_is_left_alone_after_a_day(cloud, work, wening):
    cloud.errors = [(130429, 429)] * 1000
    tell(wening)
    for hour in range(26):
        for minute in (0, 10, 20, 30, 40, 50):
            work(MORNING + timedelta(hours=hour, minutes=minute))

    assert ("whatsapp", "failed", "130429") in states()
    assert len(cloud.refused) < 40


def test_who_agreed_where_whatsapp_is_not_set_up_gets_one_mail(smtp, work, wening):
    tell(wening)
    work(MORNING)

    assert states() == [("email", "sent", ""), ("whatsapp", "skipped", "no-credentials")]
    assert len(smtp.mails) == 1


def test_what_comes_too_late_by_either_way_is_kept_as_that(cloud, smtp, work, wening):
    tell(wening, send_before=MORNING)
    work(MORNING)

    assert states() == [("email", "skipped", "too-late"), ("whatsapp", "skipped", "too-late")]
    assert (smtp.mails, cloud.accepted) == ([], [])


def test_an_undeliverable_number_falls_back_to_mail_once(cloud, smtp, work, wening):
    cloud.errors = [(131026, 400)]
    notice = tell(wening)
    Delivery.objects.filter(channel="email").delete()
    work(MORNING)
    work(MORNING)

    assert states() == [("whatsapp", "failed", "131026"), ("email", "sent", "")]
    assert len(smtp.mails) == 1
    assert notice.read_at is None


def test_outside_the_window_free_text_is_sent_again_as_a_template(cloud, work, wening):
    Contact.objects.update(last_inbound_at=MORNING - timedelta(hours=23))
    cloud.errors = [(131047, 400)]
    tell(wening)
    work(MORNING)
    work(MORNING)

    assert [m["type"] for m in cloud.refused] == ["text"]
    assert [m["type"] for m in cloud.accepted] == ["template"]


def test_a_template_the_provider_does_not_know_is_marked_and_not_tried_again(cloud, smtp, work, wening):
    cloud.errors = [(132001, 404)]
    tell(wening)
    work(MORNING)
    assert WhatsAppTemplate.objects.get(name="salam", language="id").error_code == "132001"

    tell(wening, key="salam:2")
    work(MORNING)

    assert (cloud.accepted, len(cloud.refused), len(smtp.mails)) == ([], 1, 2)


def test_a_line_cut_after_acceptance_is_never_sent_again_once_the_provider_says_it_has_it(
    cloud, work, wening, webhook
):
    cloud.cut_after_accepting = True
    tell(wening)
    work(MORNING)
    delivery = Delivery.objects.get(channel="whatsapp")
    assert delivery.state == "sending"

    (message,) = cloud.accepted
    reference = message["biz_opaque_callback_data"]
    webhook(call(statuses=[status("sent", wamid=message["wamid"], at=MORNING, reference=reference)]))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.provider_id) == ("sent", message["wamid"])


def test_a_gateway_that_answers_nonsense_leaves_the_outcome_open(cloud, work, wening):
    cloud.take = lambda *_request: (502, ["bad gateway"])
    tell(wening)
    work(MORNING)

    assert Delivery.objects.get(channel="whatsapp").state == "sending"


def test_a_number_agrees_anew_when_it_changes_hands(wening):
    other = UserFactory()
    opt_in(other, phone="+62 812 3456 7890", how="booking", now=MORNING + timedelta(days=1))

    contact = Contact.objects.get()
    assert (contact.user, contact.opted_in_how) == (other, "booking")
    assert recipient_of(wening).phone == "0812-3456-7890"
