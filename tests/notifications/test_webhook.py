from datetime import timedelta
from itertools import permutations

import pytest

from halopst.core.events import on
from halopst.notifications.events import InboundMessage
from halopst.notifications.models import Contact, Delivery, Inbound, WebhookReceipt
from tests.notifications.cloud_api import SECRET, call, sign, status, text
from tests.notifications.factories import MORNING, DeliveryFactory, NoticeFactory
from tests.units.factories import HeadOfficeFactory, UnitFactory

pytestmark = pytest.mark.django_db
URL = "/pemberitahuan/whatsapp/webhook/"
HIDDEN = {
    "id": "wamid.1",
    "from_user_id": "ID.1234",
    "timestamp": "1",
    "type": "text",
    "text": {"body": "?"},
}
heard = []


@on(InboundMessage)
def hear(*, message_id):
    heard.append(message_id)


@pytest.fixture(autouse=True)
def nobody_heard():
    heard.clear()


def sent(**values):
    return DeliveryFactory(
        channel="whatsapp", state="sent", provider_id="wamid.out", sent_at=MORNING, **values
    )


def test_the_provider_finds_our_address_by_the_word_we_agreed_on(client, cloud):
    asked = {"hub.mode": "subscribe", "hub.verify_token": "tanda-uji", "hub.challenge": "1158201444"}

    answer = client.get(URL, asked)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert answer.headers["Content-Type"] == "text/plain"
    assert client.get(URL, asked | {"hub.verify_token": "lain"}).status_code == 403


def test_without_an_agreed_word_nobody_is_let_in(client):
    assert client.get(URL, {"hub.mode": "subscribe", "hub.verify_token": ""}).status_code == 403
    body = call()
    signed = {"X-Hub-Signature-256": sign(body, "")}
    assert client.post(URL, body, content_type="application/json", headers=signed).status_code == 403


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=00", f"sha1={'0' * 40}", "sha256=é"])
def test_a_bad_signature_leaves_no_trace(cloud, webhook, signature):
    body = call(messages=[text("Halo", wamid="wamid.1", at=MORNING)])

    assert webhook(body, signature).status_code == 403
    assert not WebhookReceipt.objects.exists()
    assert not Inbound.objects.exists()


def test_a_signature_covers_every_byte(cloud, webhook):
    body = call(messages=[text("Halo", wamid="wamid.1", at=MORNING)])

    assert webhook(body + b" ", sign(body, SECRET)).status_code == 403


@pytest.mark.parametrize("body", [b"", b"halo", b"[]", b"null", b"\xff\xfe", b'{"a": '])
def test_a_signed_call_that_is_not_json_is_told_so(cloud, webhook, body):
    assert webhook(body).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"entry": 1}',
        b'{"entry": [1, {"changes": {}}]}',
        b'{"entry": [{"changes": [{"value": {"messages": [{}], "statuses": [{"id": null}]}}]}]}',
        call(messages=[{"id": "wamid.x"}], statuses=[{"id": "wamid.y"}]),
        call(messages=[{"id": "wamid.x", "from": "62812", "timestamp": "besok", "text": "halo\x00"}]),
        call(statuses=[{"id": "wamid.out", "status": "failed", "errors": ["?"], "timestamp": 1e99}]),
    ],
)
def test_strange_shapes_are_worked_off_without_harm(cloud, webhook, body):
    sent()

    assert webhook(body).status_code == 200
    assert WebhookReceipt.objects.get().processed_at is not None


def test_the_same_call_five_times_is_one_message(cloud, webhook):
    body = call(messages=[text("Halo", wamid="wamid.1", at=MORNING)])

    assert {webhook(body).status_code for _time in range(5)} == {200}

    message = Inbound.objects.get()
    assert (message.text, message.at, message.contact.phone) == ("Halo", MORNING, "6281234567890")
    assert heard == [message.pk]


def test_the_same_message_in_two_batches_is_one_message(cloud, webhook):
    first = text("Halo", wamid="wamid.1", at=MORNING)
    second = text("Ada orang?", wamid="wamid.2", at=MORNING + timedelta(seconds=5))
    webhook(call(messages=[second, first]))
    webhook(call(messages=[first]))

    assert list(Inbound.objects.values_list("text", flat=True)) == ["Halo", "Ada orang?"]
    assert heard == list(Inbound.objects.values_list("pk", flat=True))


def test_messages_stand_in_the_order_they_were_written(cloud, webhook):
    for minute in (3, 1, 2):
        webhook(
            call(
                messages=[text(f"{minute}", wamid=f"wamid.{minute}", at=MORNING + timedelta(minutes=minute))]
            )
        )

    assert [message.text for message in Inbound.objects.all()] == ["1", "2", "3"]
    assert Contact.objects.get().last_inbound_at == MORNING + timedelta(minutes=3)


@pytest.mark.parametrize("order", list(permutations(["sent", "delivered", "read"])))
def test_statuses_end_at_read_in_whatever_order_they_come(cloud, webhook, order):
    delivery = sent()
    minutes = {"sent": 1, "delivered": 2, "read": 3}
    for word in order:
        body = call(statuses=[status(word, wamid="wamid.out", at=MORNING + timedelta(minutes=minutes[word]))])
        webhook(body)
        webhook(body)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.read_at) == ("read", MORNING + timedelta(minutes=3))
    assert delivery.delivered_at in {MORNING + timedelta(minutes=2), MORNING + timedelta(minutes=3)}


def test_what_was_read_cannot_fail_any_more(cloud, webhook):
    delivery = sent()
    webhook(call(statuses=[status("read", wamid="wamid.out", at=MORNING)]))
    webhook(call(statuses=[status("failed", wamid="wamid.out", at=MORNING, code=131026)]))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.error_code) == ("read", "")


def test_a_message_that_was_accepted_and_not_delivered_falls_back_to_mail(cloud, smtp, webhook):
    delivery = sent()
    webhook(call(statuses=[status("failed", wamid="wamid.out", at=MORNING, code=131026)]))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.error_code) == ("failed", "131026")
    assert delivery.error == "Pesan tidak dapat disampaikan ke nomor ini."
    assert list(delivery.notice.deliveries.values_list("channel", "is_fallback")) == [
        ("whatsapp", False),
        ("email", True),
    ]


def test_a_passing_trouble_after_acceptance_is_not_a_reason_to_send_again(cloud, webhook):
    delivery = sent()
    webhook(call(statuses=[status("failed", wamid="wamid.out", at=MORNING, code=131000)]))

    delivery.refresh_from_db()
    assert delivery.state == "failed"
    assert cloud.accepted == []


def test_another_number_of_the_same_app_is_not_ours_to_read(cloud, webhook):
    webhook(call(messages=[text("Halo", wamid="wamid.1", at=MORNING)], phone_id="999"))

    assert not Inbound.objects.exists()


def test_who_hides_their_number_is_known_by_the_providers_id(cloud, webhook):
    webhook(call(messages=[HIDDEN], contacts=[{"user_id": "ID.1234", "profile": {"name": "Laras"}}]))

    contact = Contact.objects.get()
    assert (contact.phone, contact.external_id, contact.name) == ("", "ID.1234", "Laras")


def test_a_person_met_under_two_names_becomes_one(cloud, webhook):
    webhook(call(messages=[HIDDEN]))
    webhook(call(messages=[text("Halo", wamid="wamid.2", at=MORNING, sender="6281234567890")]))
    webhook(
        call(
            messages=[text("Lagi", wamid="wamid.3", at=MORNING, sender="6281234567890")],
            contacts=[{"wa_id": "6281234567890", "user_id": "ID.1234"}],
        )
    )

    contact = Contact.objects.get()
    assert (contact.phone, contact.external_id, contact.messages.count()) == ("6281234567890", "ID.1234", 3)


def test_a_message_goes_to_the_office_that_wrote_last(cloud, webhook):
    head, unit = HeadOfficeFactory(), UnitFactory()
    webhook(call(messages=[text("Siapa ini?", wamid="wamid.1", at=MORNING)]))
    DeliveryFactory(channel="whatsapp", notice=NoticeFactory(unit=unit, phone="6281234567890"))
    webhook(call(messages=[text("Terima kasih", wamid="wamid.2", at=MORNING)]))

    assert [message.unit for message in Inbound.objects.order_by("pk")] == [head, unit]


def test_a_body_too_large_is_refused_unread(cloud, client):
    headers = {"X-Hub-Signature-256": "sha256=0"}
    response = client.post(
        URL, b" " * (3 * 1024 * 1024 + 1), content_type="application/json", headers=headers
    )

    assert response.status_code == 413


def test_the_answer_does_not_wait_for_the_work(cloud, client, waiting_jobs):
    body = call(messages=[text("Halo", wamid="wamid.1", at=MORNING)])
    client.post(URL, body, content_type="application/json", headers={"X-Hub-Signature-256": sign(body)})

    assert waiting_jobs() == ["halopst.notifications.tasks.process_receipt"]
    assert not Inbound.objects.exists()
    assert not Delivery.objects.exists()
