"""Into a mitra's own page: by a code only, and without telling anyone who is a mitra."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from halopst.notifications.models import Contact, Notice
from halopst.partners.models import OwnCode, OwnLink, OwnSession
from halopst.partners.own_links import link_id_of, own_path
from halopst.partners.queries.own.page import session_of
from halopst.partners.rules import own as rules
from halopst.partners.services import own
from halopst.partners.services.own import entering
from halopst.partners.services.own.refusals import (
    CodeSpent,
    LinkJustSent,
    NoAddress,
    NobodyToTell,
    TooManyCodes,
    WrongCode,
)
from halopst.partners.services.refusals import NotOfThisOffice
from tests.partners.factories import NOVEMBER, NOW, OwnLinkFactory, PersonFactory, RegistrationFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give
from tests.partners.subjects import keeper_of
from tests.races import all_at_once, meeting

pytestmark = pytest.mark.django_db
MAIL = "sri@contoh.id"


def mitra(**fields):
    fields = {"email": MAIL, **fields}
    return RegistrationFactory(person=PersonFactory(name="Sri Contoh", **fields))


def ask(address=MAIL, *, client="warnet", now=NOW, **more):
    """Ask for a code and let the worker do its part; the id of what was asked."""
    code_id = own.ask_code(address=address, client=client, language="id", now=now, **more)
    own.send_code(code_id, now=now)
    return code_id


def sent_code():
    return Notice.objects.filter(kind="partners.own_code").latest("pk").context["kode"]


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_right_code_opens_the_page_of_whoever_it_was_sent_to():
    person = mitra().person

    secret = own.enter(ask(), code=sent_code(), now=NOW)

    assert session_of(secret, now=NOW).person_id == person.pk
    assert session_of(secret, now=NOW + rules.SESSION_LASTS) is None
    assert session_of(secret[:-1], now=NOW) is None
    assert secret not in OwnSession.objects.get().digest


def test_a_code_is_kept_as_a_digest_and_read_by_no_office():
    mitra()

    ask()

    row, notice = OwnCode.objects.get(), Notice.objects.get()
    assert sent_code() not in f"{row.digest}{row.key}{row.address_locked}"
    assert MAIL not in row.address_locked
    assert (notice.unit, notice.email, notice.user) == (None, MAIL, None)


def test_a_code_is_good_once_for_ten_minutes_and_five_tries():
    mitra()
    used = ask()
    own.enter(used, code=sent_code(), now=NOW)
    with pytest.raises(CodeSpent):
        own.enter(used, code=sent_code(), now=NOW)

    late = ask()
    with pytest.raises(CodeSpent):
        own.enter(late, code=sent_code(), now=NOW + rules.CODE_LASTS)

    guessed = ask()
    for _try in range(rules.ATTEMPTS - 1):
        with pytest.raises(WrongCode):
            own.enter(guessed, code=wrong(sent_code()), now=NOW)
    with pytest.raises(CodeSpent):
        own.enter(guessed, code=wrong(sent_code()), now=NOW)
    with pytest.raises(CodeSpent):
        own.enter(guessed, code=sent_code(), now=NOW)


def test_nobody_s_address_gets_the_same_answers_and_no_message():
    mitra()
    tries = []
    for address in (MAIL, "tidak-ada@contoh.id"):
        asked, refusals = ask(address), []
        for _try in range(rules.ATTEMPTS + 1):
            with pytest.raises((WrongCode, CodeSpent)) as refused:
                own.enter(asked, code="000000" if sent_code() != "000000" else "000001", now=NOW)
            refusals.append(type(refused.value))
        tries.append(refusals)

    assert tries[0] == tries[1]
    assert Notice.objects.count() == 1


def test_the_pages_say_the_same_about_everybody_and_nobody(client):
    mitra()

    seen = []
    for address in (MAIL, "tidak-ada@contoh.id", "081234567890"):
        browser = Client()
        asked = browser.post("/saya-mitra/masuk/", {"address": address})
        seen.append((asked.status_code, asked["Location"], browser.get("/saya-mitra/kode/").content))

    blank = [(status, place, strip(page)) for status, place, page in seen]
    assert blank[0] == blank[1] == blank[2]
    misread = Client().post("/saya-mitra/masuk/", {"address": "ayu contoh"})
    assert "Alamat surel memuat @" in misread.content.decode()


def strip(page):
    """A page without its one-time tokens."""
    return b"\n".join(line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line)


def test_codes_are_few_per_address_and_per_network():
    for _n in range(rules.PER_ADDRESS):
        ask("tidak-ada@contoh.id", client=uuid4().hex)
    with pytest.raises(TooManyCodes):
        ask("tidak-ada@contoh.id")
    ask("tidak-ada@contoh.id", now=NOW + rules.WINDOW)

    for n in range(rules.PER_NETWORK):
        own.ask_code(address=f"{n}@contoh.id", client="satu", language="id", now=NOW)
    with pytest.raises(TooManyCodes):
        ask("lain@contoh.id", client="satu")
    ask("lain@contoh.id", client="lain")


def test_a_network_that_guesses_much_asks_for_no_more_codes():
    asked = ask("tidak-ada@contoh.id", client="penebak")
    OwnCode.objects.filter(pk=asked).update(failed_attempts=rules.FAILURES_PER_NETWORK_A_DAY)

    with pytest.raises(TooManyCodes):
        ask("lain@contoh.id", client="penebak", now=NOW + timedelta(hours=1))
    ask("lain@contoh.id", client="penebak", now=NOW + rules.DAY)


def test_one_person_gets_few_codes_a_day_whichever_way_they_are_asked_for():
    person = mitra(phone="6281234567890").person
    for n in range(rules.PER_PERSON_A_DAY):
        link = OwnLinkFactory(person=person, round=NOW + timedelta(seconds=n))
        ask("", link=link, client=uuid4().hex)

    ask("6281234567890")

    assert Notice.objects.count() == rules.PER_PERSON_A_DAY


def test_an_address_of_two_is_told_to_ask_for_a_link():
    first, second = mitra().person, mitra(email=MAIL.upper()).person

    ask()
    assert Notice.objects.get().kind == "partners.own_shared"

    secret = own.enter(ask("", link=OwnLinkFactory(person=second)), code=sent_code(), now=NOW)
    assert session_of(secret, now=NOW).person_id == second.pk != first.pk


def test_a_number_gets_its_code_by_whatsapp_when_it_agreed_to_that():
    mitra(phone="6281234567890")
    Contact.objects.create(phone="6281234567890", opted_in_at=NOW, opted_in_how="message")

    ask("6281234567890")

    notice = Notice.objects.get()
    assert (notice.phone, notice.email) == ("6281234567890", "")
    assert [row.channel for row in notice.deliveries.all()] == ["whatsapp"]


def test_a_job_that_runs_twice_sends_one_code():
    mitra()
    asked = ask()

    assert not own.send_code(asked, now=NOW)

    assert Notice.objects.count() == 1


def test_a_link_alone_opens_nothing_and_says_only_where_the_code_goes(client):
    person = mitra(phone="6281234567890").person
    link = OwnLinkFactory(person=person)

    page = client.get(own_path(link))

    assert b"s\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2@contoh.id" in page.content
    assert b"Sri" not in page.content
    assert MAIL.encode() not in page.content
    assert client.get("/saya-mitra/")["Location"] == "/saya-mitra/masuk/"
    assert not Notice.objects.exists()


def test_a_revoked_old_or_altered_link_leads_to_the_door(client):
    good = OwnLinkFactory(person=mitra().person)
    gone = OwnLinkFactory(person=good.person, round=NOW + timedelta(1), revoked_at=NOW)
    old = OwnLinkFactory(person=good.person, round=NOW + timedelta(2), expires_at=NOW)

    for path in (own_path(gone), own_path(old), own_path(good)[:-3] + "xx/"):
        assert client.get(path).status_code == client.post(path).status_code == 404
    assert client.get(own_path(good)).status_code == 200
    assert not OwnCode.objects.exists()


def test_revoking_takes_back_links_codes_and_open_pages():
    registration = mitra()
    unit, person = registration.unit, registration.person
    keeper = keeper_of(unit)
    link = own.send_link(keeper, person, unit=unit, now=NOW)
    asked, secret = ask("", link=link), own.enter(ask(), code=sent_code(), now=NOW)
    code = Notice.objects.filter(kind="partners.own_code").earliest("pk").context["kode"]

    own.revoke_links(keeper, person, unit=unit, now=NOW)

    assert session_of(secret, now=NOW) is None
    with pytest.raises(CodeSpent):
        own.enter(asked, code=code, now=NOW)
    assert not own.send_code(own.ask_code(link=link, client="x", language="id", now=NOW), now=NOW)


def test_a_code_works_only_in_the_browser_that_asked(client):
    mitra()
    client.post("/saya-mitra/masuk/", {"address": MAIL})
    own.send_code(OwnCode.objects.get().pk, now=timezone.now())

    elsewhere = Client().post("/saya-mitra/kode/", {"code": sent_code()})
    here = client.post("/saya-mitra/kode/", {"code": sent_code()})

    assert (elsewhere["Location"], here["Location"]) == ("/saya-mitra/masuk/", "/saya-mitra/")


def test_a_code_that_ran_out_is_said_so_and_another_is_one_press_away(client, monkeypatch):
    mitra()
    client.post("/saya-mitra/masuk/", {"address": MAIL})
    asked = OwnCode.objects.get()
    own.send_code(asked.pk, now=timezone.now())
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    late = client.post("/saya-mitra/kode/", {"code": sent_code()})
    again = client.post("/saya-mitra/kode/", {"aksi": "ulang"})

    assert client.cookies["mitra_kode"]["max-age"] == rules.DAY.total_seconds()
    assert "Kode ini tidak berlaku lagi. Minta kode baru." in late.content.decode()
    assert (again.status_code, OwnCode.objects.count()) == (302, 2)


def test_a_message_opened_in_another_browser_says_where_its_code_works(client):
    opened = client.get("/saya-mitra/kode/", follow=True).content.decode()

    assert "Kode hanya berlaku di peramban tempat Anda memintanya." in opened
    assert "Surel atau nomor WhatsApp" in opened


def test_the_cookie_reaches_only_the_mitra_s_page_and_no_script(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    mitra()
    client.post("/saya-mitra/masuk/", {"address": MAIL})
    own.send_code(OwnCode.objects.get().pk, now=timezone.now())

    cookie = client.post("/saya-mitra/kode/", {"code": sent_code()}).cookies["mitra"]

    assert (cookie["path"], cookie["httponly"], cookie["secure"]) == ("/saya-mitra/", True, True)
    assert cookie["samesite"] == "Lax"
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_forms_want_their_token():
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/saya-mitra/masuk/", {"address": MAIL}).status_code == 403


def test_leaving_closes_the_page(client):
    mitra()
    secret = own.enter(ask(now=timezone.now()), code=sent_code(), now=timezone.now())
    client.cookies["mitra"] = secret
    assert client.get("/saya-mitra/").status_code == 200

    client.post("/saya-mitra/keluar/")

    client.cookies["mitra"] = secret
    assert client.get("/saya-mitra/")["Location"] == "/saya-mitra/masuk/"


def test_an_office_sends_links_to_its_own_mitra_and_not_twice_at_once():
    registration = mitra()
    unit, person = registration.unit, registration.person
    keeper = keeper_of(unit)

    link = own.send_link(keeper, person, unit=unit, now=NOW)

    notice = Notice.objects.get()
    sent = link_id_of(notice.link.strip("/").rpartition("/")[2])
    assert (notice.unit, notice.email, sent) == (unit, MAIL, link.pk)
    with pytest.raises(LinkJustSent):
        own.send_link(keeper, person, unit=unit, now=NOW)
    with pytest.raises(NotOfThisOffice):
        own.send_link(keeper, mitra(email="b@contoh.id").person, unit=unit, now=NOW)
    silent = RegistrationFactory(unit=unit).person
    with pytest.raises(NoAddress):
        own.send_link(keeper, silent, unit=unit, now=NOW)


def test_everyone_with_work_in_a_month_gets_one_link_however_often_the_job_runs():
    unit = an_office()
    duty = a_duty(unit)
    people = [PersonFactory(email=f"{n}@contoh.id") for n in range(2)]
    for person in [*people, PersonFactory()]:
        give(a_mitra(unit, person=person), duty, 1)
    a_mitra(unit, person=PersonFactory(email="tanpa-tugas@contoh.id"))

    assert own.ask_links(keeper_of(unit), unit=unit, month=NOVEMBER, now=NOW) == 2
    job = {"month": NOVEMBER, "asked_at": NOW, "asked_by": 0, "now": NOW}
    assert own.send_links_of_month(unit.pk, **job) == 2
    assert own.send_links_of_month(unit.pk, **job) == 0

    assert {row.person for row in OwnLink.objects.all()} == set(people)
    with pytest.raises(NobodyToTell):
        own.ask_links(keeper_of(duty.activity.unit), unit=unit, month=date(2026, 1, 1), now=NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_many_guesses_at_once_are_five(guarded, monkeypatch):
    """In the control nobody holds the row and all have read it before any writes: every guess is answered."""
    mitra()
    asked, many = ask(), 8
    guesses = [wrong(sent_code())] * many
    if not guarded:
        meet, digest = meeting(many), entering._digest
        monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda rows, **_of: rows)
        monkeypatch.setattr(entering, "_digest", lambda *known: (meet(), digest(*known))[1])

    answers = all_at_once(*(lambda g=g: own.enter(asked, code=g, now=NOW) for g in guesses))

    answered = sum(isinstance(answer, WrongCode) for answer in answers)
    assert answered == (rules.ATTEMPTS - 1 if guarded else many)
