import pytest

from halopst.notifications.models import Contact, Notice, Preference, QuietHours
from tests.accounts.factories import UserFactory
from tests.notifications.factories import NoticeFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/notifications/"


@pytest.fixture
def wening(client):
    user = UserFactory()
    client.force_login(user)
    return user


def send(client, method, path, body=None, key="kunci-uji-1"):
    return getattr(client, method)(
        f"{URL}{path}", body, content_type="application/json", headers={"Idempotency-Key": key}
    )


def test_ones_own_notices_come_newest_first_with_the_unread_count(client, wening):
    first, second = NoticeFactory.create_batch(2, user=wening)
    NoticeFactory()

    answer = client.get(URL).json()
    assert [notice["id"] for notice in answer["notices"]] == [second.pk, first.pk]
    assert (answer["unread"], answer["next"]) == (2, None)
    assert answer["notices"][0]["unit"] == second.unit.slug


def test_a_long_list_comes_in_pages_that_neither_repeat_nor_skip(client, wening):
    NoticeFactory.create_batch(53, user=wening)

    first = client.get(URL).json()
    rest = client.get(URL, {"before": first["next"]}).json()
    seen = [notice["id"] for page in (first, rest) for notice in page["notices"]]
    assert seen == list(Notice.objects.order_by("-pk").values_list("pk", flat=True))
    assert rest["next"] is None


@pytest.mark.parametrize("query", [{"before": "x"}, {"before": 0}, {"before": 10**30}, {"q": "a" * 201}])
def test_a_malformed_question_is_told_so(client, wening, query):
    assert client.get(URL, query).status_code == 422


def test_a_notice_is_marked_read_once(client, wening):
    notice = NoticeFactory(user=wening)

    first = send(client, "post", f"{notice.pk}/read").json()
    again = send(client, "post", f"{notice.pk}/read", key="kunci-uji-2").json()
    assert first["read_at"] == again["read_at"] is not None
    assert send(client, "post", "read", key="kunci-uji-3").json() == {"read": 0}


def test_preferences_come_back_as_they_were_set(client, wening):
    body = {
        "choices": [{"group": "kabar", "channel": "email", "wanted": False}],
        "whatsapp_phone": "0812-3456-7890",
        "quiet_starts": "21:00",
        "quiet_ends": "05:00",
    }
    assert send(client, "put", "preferences", body).status_code == 204

    answer = client.get(f"{URL}preferences").json()
    assert {"group": "kabar", "channel": "email", "wanted": False} in answer["choices"]
    assert sum(choice["wanted"] for choice in answer["choices"]) == len(answer["choices"]) - 1
    assert (answer["whatsapp_phone"], answer["quiet_starts"]) == ("6281234567890", "21:00:00")

    assert send(client, "put", "preferences", {"choices": []}, key="kunci-uji-2").status_code == 204
    assert Preference.objects.count() == 1
    assert not QuietHours.objects.exists()
    assert not Contact.objects.get().agrees


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"choices": [{"group": "lain", "channel": "email", "wanted": True}]},
        {"choices": [], "whatsapp_phone": "bukan nomor"},
        {"choices": [], "quiet_starts": "jam lima"},
    ],
)
def test_malformed_preferences_are_told_so_and_change_nothing(client, wening, body):
    assert send(client, "put", "preferences", body).status_code == 422
    assert not Contact.objects.exists()
