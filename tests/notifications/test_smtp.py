import pytest

from halopst.notifications.channels.smtp import Server
from halopst.notifications.models import Delivery
from tests.notifications.factories import MORNING
from tests.notifications.test_outbox import tell

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "host", "port", "tls"),
    [
        ("smtp://mail.example", "mail.example", 587, "starttls"),
        ("smtp://mail.example:25/?tls=none", "mail.example", 25, "none"),
        ("smtps://mail.example", "mail.example", 465, "implicit"),
    ],
)
def test_the_server_is_named_by_one_address(url, host, port, tls):
    server = Server.at(url)

    assert (server.host, server.port, server.tls) == (host, port, tls)


def test_name_and_password_may_hold_any_character():
    server = Server.at("smtp://petugas%40bps:rahasia%2F%3A@mail.example")

    assert (server.user, server.password) == ("petugas@bps", "rahasia/:")


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_anything_else_is_told_what_to_write(url):
    with pytest.raises(ValueError, match="smtp://pengguna:sandi@host:587"):
        Server.at(url)


def test_an_address_the_server_refuses_is_not_tried_again(smtp, work, meanings):
    smtp.refuse_recipient = "550 5.1.1 Tidak dikenal"
    tell()
    work(MORNING)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error_code, delivery.attempts) == ("failed", "550", 0)
    assert delivery.error == "Alamat surel tidak ada atau tidak menerima pesan."


def test_a_mail_refused_after_it_was_read_is_not_tried_again(smtp, work, meanings):
    smtp.refuse_data = "554 Ditolak"
    tell()
    work(MORNING)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error_code, delivery.attempts) == ("failed", "554", 1)


def test_a_refusal_leaves_the_line_ready_for_the_next_mail(smtp, work, meanings):
    smtp.refuse_recipient = "550 Tidak dikenal"
    tell(key="salam:1")
    work(MORNING)
    smtp.refuse_recipient = None
    tell(key="salam:2")
    work(MORNING)

    assert len(smtp.mails) == 1


def test_a_server_that_is_away_is_tried_again(settings, work):
    settings.SMTP_URL = "smtp://127.0.0.1:9/?tls=none"
    tell()
    work(MORNING)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error_code, delivery.attempts) == ("queued", "unreached", 0)


def test_many_mails_share_one_connection(smtp, work, monkeypatch):
    from halopst.notifications.channels import smtp as channel  # noqa: PLC0415  # only here is the edge counted

    dialled = []
    real = channel.dial
    monkeypatch.setattr(channel, "dial", lambda server: dialled.append(server) or real(server))
    for number in range(5):
        tell(key=f"salam:{number}")
    work(MORNING)

    assert (len(smtp.mails), len(dialled)) == (5, 1)


def test_an_address_no_mail_can_carry_fails_with_a_sentence(smtp, work, meanings):
    notice = tell()
    notice.email = "wening@@contoh"
    notice.save()
    work(MORNING)

    assert Delivery.objects.get().error == "Alamat surel tidak dapat dipakai."
