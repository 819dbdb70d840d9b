"""Booking as a visitor without scripts does it: links and forms only."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from halopst.accounts.models import Consent, User
from halopst.accounts.reference import load_consent_texts
from halopst.consultations.links import PURPOSE
from halopst.consultations.models import Consultation, Draft
from halopst.core.links import read
from halopst.notifications.models import Contact
from halopst.scheduling.models import Reservation
from tests.accounts.factories import UserFactory
from tests.consultations.factories import AT, a_hold, a_request, working_expert
from tests.satisfaction.factories import RatingFactory
from tests.scheduling.factories import NOW, FieldFactory
from tests.units.factories import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
ANSWERS = {
    "topic": "Garis kemiskinan 2021–2026",
    "need": "Apakah angkanya dapat dibandingkan?",
    "purpose": "penelitian",
    "name": "Dwi Lestari",
    "email": "dwi@contoh.id",
    "agreed": "on",
}


@pytest.fixture
def expert():
    return working_expert(display_name="Ning Affah")


def url(name, expert, **query):
    path = reverse(f"consultations:{name}", kwargs={"slug": expert.unit.slug})
    return f"{path}?{'&'.join(f'{k}={v}' for k, v in query.items())}" if query else path


def choose(client, expert, at=AT, **more):
    fields = {"ahli": expert.pk, "cara": "zoom", "mulai": at.isoformat(), **more}
    return client.post(url("times", expert), fields)


def ticket_id_of(answer):
    """The booking behind the ticket's address; the address itself tells the second it was signed in."""
    token = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    return read(PURPOSE, token)["id"]


def codes_sent():
    return [re.search(r"\b(\d{6})\b", letter.body)[1] for letter in mail.outbox]


def test_a_visitor_books_with_a_code_from_the_mail(client, expert):
    assert client.get(url("experts", expert)).status_code == 200
    page = client.get(url("times", expert, ahli=expert.pk, tanggal="2026-11-23"))
    assert f'value="{AT.isoformat()}"' in page.content.decode()

    held = choose(client, expert)
    assert held.status_code == 302
    assert "kami simpan untuk Anda" in client.get(held.headers["Location"]).content.decode()

    asked = client.post(url("topic", expert), ANSWERS)
    assert asked.headers["Location"] == url("code", expert)
    assert Consultation.objects.count() == 0

    sent = client.post(url("code", expert), {"code": codes_sent()[0]})
    row = Consultation.objects.get()
    assert (row.topic, row.purpose, row.case.visitor.email) == (
        ANSWERS["topic"],
        "penelitian",
        "dwi@contoh.id",
    )
    assert row.case.visitor.name == "Dwi Lestari"
    ticket = client.get(sent.headers["Location"])
    assert row.case.number in ticket.content.decode()
    assert "Permintaan terkirim, Dwi." in ticket.content.decode()
    assert client.get(url("topic", expert)).headers["Location"].startswith("/konsultasi/tiket/")


def test_a_signed_in_visitor_is_not_asked_who_they_are(client, expert):
    visitor = UserFactory(name="Rina")
    client.force_login(visitor)
    choose(client, expert)

    form = client.get(url("topic", expert)).content.decode()
    assert 'name="email"' not in form
    client.post(url("topic", expert), ANSWERS)

    assert Consultation.objects.get().case.visitor == visitor


def test_sending_twice_makes_one_request(client, expert):
    client.force_login(UserFactory(name="Rina"))
    choose(client, expert)

    first = client.post(url("topic", expert), ANSWERS)
    second = client.post(url("topic", expert), ANSWERS)

    assert ticket_id_of(first) == ticket_id_of(second) == Consultation.objects.get().pk


def test_the_time_is_held_before_any_question(client, expert):
    choose(client, expert)

    held = Reservation.objects.get()
    assert (held.state, held.expires_at) == ("held", NOW + timedelta(minutes=10))
    other = client.get(url("times", expert, ahli=expert.pk, tanggal="2026-11-23")).content.decode()
    assert re.search(rf'value="{re.escape(AT.isoformat())}"\s+aria-pressed="true"', other)


def test_another_choice_gives_the_first_time_back(client, expert):
    choose(client, expert)
    later = AT + timedelta(minutes=45)

    choose(client, expert, at=later)

    assert list(Reservation.objects.filter(state="held").values_list("starts_at", flat=True)) == [later]


def test_a_refused_choice_keeps_the_time_already_held(client, expert):
    choose(client, expert)
    taken = AT + timedelta(minutes=45)
    a_request(expert, at=taken)

    refused = choose(client, expert, at=taken)

    assert refused.status_code == 409
    assert list(Reservation.objects.filter(state="held").values_list("starts_at", flat=True)) == [AT]


def test_a_time_taken_meanwhile_is_refused_with_others_to_choose(client, expert):
    a_request(expert)

    refused = choose(client, expert)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "baru saja diambil orang lain" in page
    assert page.count('class="btn btn--sm" name="mulai"') >= 1


def test_taken_times_stay_visible_struck_through_and_say_so(client, expert):
    a_request(expert)
    page = client.get(url("times", expert, ahli=expert.pk, tanggal="2026-11-23")).content.decode()
    assert re.search(
        rf'value="{re.escape(AT.isoformat())}"\s+disabled\s*>\s*09\.30<span class="vh">,\s+sudah terisi', page
    )
    assert "Waktu Indonesia Barat (WIB)" in page


def test_who_waits_for_a_code_is_told_that_the_hold_ran_out(client, expert, clock):
    choose(client, expert)
    client.post(url("topic", expert), ANSWERS)
    clock.time = NOW + timedelta(minutes=25)
    page = client.get(url("code", expert)).content.decode()
    assert "Waktu simpan sudah habis. Bila 09.30 WIB masih kosong" in page
    assert "09.30–10.15 WIB" in page


def test_an_expired_hold_is_honoured_while_the_time_is_free(client, expert, clock):
    client.force_login(UserFactory(name="Rina"))
    choose(client, expert)
    clock.time = NOW + timedelta(minutes=25)
    assert "Waktu simpan sudah habis" in client.get(url("topic", expert)).content.decode()

    client.post(url("topic", expert), ANSWERS)

    assert Consultation.objects.get().reservation.starts_at == AT


def test_a_time_lost_while_writing_keeps_every_answer_and_offers_others(client, expert, clock):
    client.force_login(UserFactory(name="Rina"))
    choose(client, expert)
    clock.time = NOW + timedelta(minutes=25)
    a_request(expert, now=clock.time)

    refused = client.post(url("topic", expert), {**ANSWERS, "phone": "0812-3456-7890"})

    page = refused.content.decode()
    assert refused.status_code == 409
    assert all(ANSWERS[name] in page for name in ("topic", "need"))
    alternative = re.search(r'class="btn btn--sm" name="mulai" value="([^"]+)"', page)[1]
    fields = {"ahli": expert.pk, "cara": "zoom", "mulai": alternative, "lanjut": "topik"}
    assert client.post(url("times", expert), fields).headers["Location"] == url("topic", expert)
    again = client.get(url("topic", expert)).content.decode()
    assert ANSWERS["need"] in again
    assert client.post(url("topic", expert), ANSWERS).status_code == 302
    assert Consultation.objects.filter(case__visitor__name="Rina").count() == 1


def test_going_back_keeps_what_was_typed(client, expert):
    choose(client, expert)
    client.post(url("topic", expert), {**ANSWERS, "email": "bukan-surel"})

    client.get(url("experts", expert))
    choose(client, expert, at=AT + timedelta(minutes=45))
    page = client.get(url("topic", expert)).content.decode()

    assert ANSWERS["topic"] in page
    assert ANSWERS["need"] in page
    assert "bukan-surel" in page


def test_a_wrong_answer_is_named_beside_its_field_and_nothing_is_sent(client, expert):
    choose(client, expert)

    refused = client.post(url("topic", expert), {**ANSWERS, "email": "dwi@", "purpose": "dagang"})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Surel belum lengkap. Contoh: nama@kampus.ac.id" in page
    assert "Pilih salah satu keperluan." in page
    assert (Consultation.objects.count(), mail.outbox) == (0, [])


def test_a_wrong_code_can_be_tried_again(client, expert):
    choose(client, expert)
    client.post(url("topic", expert), ANSWERS)
    right = codes_sent()[0]
    wrong = "000000" if right != "000000" else "111111"

    assert client.post(url("code", expert), {"code": wrong}).status_code == 422
    assert Consultation.objects.count() == 0
    assert client.post(url("code", expert), {"code": f"{right[:3]} {right[3:]}"}).status_code == 302
    assert Consultation.objects.count() == 1


def test_a_new_code_can_be_asked_for(client, expert):
    choose(client, expert)
    client.post(url("topic", expert), ANSWERS)

    client.post(url("code", expert), {"aksi": "ulang"})

    assert len(codes_sent()) == 2
    assert client.post(url("code", expert), {"code": codes_sent()[1]}).status_code == 302


def test_a_time_lost_while_waiting_for_the_code_signs_in_and_keeps_the_form(client, expert, clock):
    choose(client, expert)
    client.post(url("topic", expert), ANSWERS)
    clock.time = NOW + timedelta(minutes=9, seconds=59)
    Reservation.objects.update(expires_at=NOW)
    a_request(expert, now=clock.time)

    answer = client.post(url("code", expert), {"code": codes_sent()[0]})

    assert answer.headers["Location"] == url("topic", expert)
    page = client.get(url("topic", expert)).content.decode()
    assert ANSWERS["need"] in page
    assert 'name="email"' not in page


def test_files_are_kept_with_the_draft_and_travel_to_the_case(client, expert):
    client.force_login(UserFactory(name="Rina"))
    choose(client, expert)
    file = SimpleUploadedFile("proposal bab 1.pdf", PDF, "application/pdf")

    client.post(url("topic", expert), {**ANSWERS, "topic": "", "attachments": [file]})
    assert "proposal bab 1.pdf" in client.get(url("topic", expert)).content.decode()
    client.post(url("topic", expert), ANSWERS)

    assert [a.name for a in Consultation.objects.get().case.attachments.all()] == ["proposal bab 1.pdf"]
    assert Draft.objects.get().files.count() == 0


def test_a_file_that_lies_about_itself_is_refused_and_the_rest_is_kept(client, expert):
    client.force_login(UserFactory(name="Rina"))
    choose(client, expert)
    file = SimpleUploadedFile("a.pdf", b"<script>alert(1)</script>", "application/pdf")

    refused = client.post(url("topic", expert), {**ANSWERS, "attachments": [file]})

    assert refused.status_code == 422
    assert ANSWERS["need"] in refused.content.decode()
    assert Consultation.objects.count() == 0


def test_a_file_can_be_taken_back(client, expert):
    choose(client, expert)
    file = SimpleUploadedFile("a.pdf", PDF, "application/pdf")
    client.post(url("topic", expert), {**ANSWERS, "topic": "", "attachments": [file]})
    kept = Draft.objects.get().files.get()

    client.post(url("topic", expert), {**ANSWERS, "hapus": kept.pk})

    assert Draft.objects.get().files.count() == 0
    assert Draft.objects.get().topic == ANSWERS["topic"]


def test_whatsapp_is_used_only_when_asked_for_and_needs_a_number(client, expert):
    client.force_login(UserFactory(name="Rina"))
    choose(client, expert)

    refused = client.post(url("topic", expert), {**ANSWERS, "wants_whatsapp": "on"})
    assert "Isi nomor WhatsApp" in refused.content.decode()
    client.post(url("topic", expert), {**ANSWERS, "wants_whatsapp": "on", "phone": "0812 3456 7890"})

    contact = Contact.objects.get()
    assert (contact.phone, contact.opted_in_at) == ("6281234567890", NOW)


def test_consent_is_asked_once_and_recorded_with_its_version(client, expert):
    load_consent_texts()
    visitor = UserFactory(name="Rina")
    client.force_login(visitor)
    choose(client, expert)
    assert 'name="agreed"' in client.get(url("topic", expert)).content.decode()

    client.post(url("topic", expert), ANSWERS)

    assert Consent.objects.filter(user=visitor, text__subject="privasi", withdrawn_at=None).count() == 1
    choose(client, expert, at=AT + timedelta(minutes=45))
    assert 'name="agreed"' not in client.get(url("topic", expert)).content.decode()


def test_a_second_booking_starts_with_an_empty_topic(client, expert):
    client.force_login(UserFactory(name="Rina"))
    choose(client, expert)
    client.post(url("topic", expert), ANSWERS)

    choose(client, expert, at=AT + timedelta(minutes=45))

    assert ANSWERS["topic"] not in client.get(url("topic", expert)).content.decode()
    client.post(url("topic", expert), {**ANSWERS, "topic": "Inflasi"})
    assert sorted(Consultation.objects.values_list("topic", flat=True)) == [ANSWERS["topic"], "Inflasi"]


def test_anyone_of_a_field_will_do(client, expert):
    field = FieldFactory(unit=expert.unit, name="Kemiskinan", slug="kemiskinan")
    expert.fields.add(field)
    client.force_login(UserFactory(name="Rina"))

    page = client.get(url("times", expert, ahli="siapa-saja", bidang="kemiskinan")).content.decode()
    assert "Siapa saja ahli Kemiskinan" in page
    fields = {"ahli": "siapa-saja", "bidang": "kemiskinan", "cara": "zoom", "mulai": AT.isoformat()}
    client.post(url("times", expert), fields)
    client.post(url("topic", expert), ANSWERS)

    row = Consultation.objects.get()
    assert (row.expert, row.field) == (expert, field)


def test_a_telephone_consultation_asks_for_the_number(client, expert):
    client.force_login(UserFactory(name="Rina"))
    choose(client, expert, cara="telepon")

    refused = client.post(url("topic", expert), ANSWERS)
    assert "Isi nomor yang dapat kami telepon" in refused.content.decode()
    client.post(url("topic", expert), {**ANSWERS, "phone": "0812-3456-7890"})

    row = Consultation.objects.get()
    assert (row.mode, row.phone) == ("telepon", "6281234567890")


def test_more_time_can_be_asked_for(client, expert, clock):
    choose(client, expert)
    clock.time = NOW + timedelta(minutes=8)

    client.post(url("extend", expert), {"dari": "topik"})

    assert Reservation.objects.get().expires_at == NOW + timedelta(minutes=18)


def test_two_visitors_cannot_hold_the_same_time(client, expert):
    a_hold(expert)
    assert choose(client, expert).status_code == 409


def test_search_finds_an_expert_despite_a_typing_error(client, expert):
    working_expert(expert.unit, display_name="Cak Pram")
    page = client.get(url("experts", expert, q="afah")).content.decode()
    assert "Ning Affah" in page
    assert "Cak Pram" not in page


def test_an_experts_rating_is_shown_with_how_many_gave_it(client, expert):
    RatingFactory.create_batch(5, officer=expert.user, unit=expert.unit, score=4)
    page = client.get(url("experts", expert)).content.decode()
    assert "<b>4,0</b>" in page
    assert "dari 5 penilaian" in page


def test_an_office_without_experts_leads_to_its_officers_and_to_the_office_above(client, expert):
    office = UnitFactory(name="BPS Kota Sunyi", slug="sunyikota", parent=expert.unit)
    page = client.get(reverse("consultations:experts", args=[office.slug])).content.decode()
    assert "Kantor ini belum membuka janji dengan ahli" in page
    assert reverse("cases:new", args=[office.slug]) in page
    assert reverse("consultations:experts", args=[expert.unit.slug]) in page


def test_nothing_found_says_what_to_do(client, expert):
    page = client.get(url("experts", expert, q="zzzzqqq")).content.decode()
    assert "Tidak ada ahli yang cocok" in page


@pytest.mark.parametrize(
    "query",
    [
        "ahli=0",
        "ahli=99999999999999999999",
        "ahli=²",
        "ahli=-1",
    ],
)
def test_an_expert_who_does_not_exist_is_not_found(client, expert, query):
    assert client.get(f"{url('times', expert)}?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "tanggal=2026-02-31",
        "tanggal=x",
        "tanggal=0001-01-01",
        "tanggal=9999-12-31",
        "dari=9999-12-31",
        "dari=0001-01-01",
        "cara=x",
        "bidang=%00",
        "bidang=x",
    ],
)
def test_nonsense_in_the_address_shows_the_usual_page(client, expert, query):
    assert client.get(f"{url('times', expert)}?ahli={expert.pk}&{query}").status_code == 200


@pytest.mark.parametrize(
    "moment",
    ["", "x", "2026-11-23T02:30:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "\0", "1e9"],
)
def test_a_nonsensical_time_is_asked_again(client, expert, moment):
    answer = client.post(url("times", expert), {"ahli": expert.pk, "mulai": moment})
    assert answer.status_code == 422
    assert Reservation.objects.count() == 0


@pytest.mark.parametrize("name", ["topic", "need", "name", "email", "phone", "purpose"])
@pytest.mark.parametrize(
    "value", ["\0", "a\0b", "x" * 100_000, "<script>alert(1)</script>", "' OR 1=1 --", "\ud83d\ude00" * 10]
)
def test_hostile_answers_never_break_the_form(client, expert, name, value):
    choose(client, expert)
    value = value.encode("utf-16", "surrogatepass").decode("utf-16")

    answer = client.post(url("topic", expert), {**ANSWERS, name: value})

    assert answer.status_code in {302, 422}
    assert "<script>alert(1)" not in client.get(url("topic", expert)).content.decode()


def test_steps_without_the_earlier_ones_lead_back(client, expert):
    first = url("experts", expert)
    assert client.get(url("times", expert)).headers["Location"] == first
    assert client.get(url("topic", expert)).headers["Location"] == first
    assert client.get(url("code", expert)).headers["Location"] == url("topic", expert)
    assert client.post(url("extend", expert)).headers["Location"] == first


def test_the_list_of_experts_asks_as_often_for_three_as_for_one(
    client, expert, django_assert_max_num_queries
):
    def queries():
        with django_assert_max_num_queries(100) as seen:
            client.get(url("experts", expert))
        return len(seen)

    queries()
    one = queries()
    for _ in range(2):
        working_expert(expert.unit)
    assert queries() == one


def test_a_visitors_name_is_not_overwritten_by_the_form(client, expert):
    UserFactory(name="Dwi Asli", email="dwi@contoh.id")
    choose(client, expert)
    client.post(url("topic", expert), ANSWERS)
    client.post(url("code", expert), {"code": codes_sent()[0]})
    assert User.objects.get(email="dwi@contoh.id").name == "Dwi Asli"


def test_what_aida_was_asked_goes_along_to_the_draft_and_never_over_what_was_typed(client, expert):
    asked = "berapa jumlah dokter hewan di Surabaya?"
    first = client.get(url("experts", expert, soal=asked))
    assert f'<input type="hidden" name="soal" value="{asked}">' in first.content.decode()
    second = client.get(url("times", expert, ahli=expert.pk, cara="zoom", soal=asked))
    assert f'<input type="hidden" name="soal" value="{asked}">' in second.content.decode()
    assert f"?soal={asked.replace(' ', '+').replace('?', '%3F')}" in second.content.decode()

    choose(client, expert, soal=asked)
    page = client.get(url("topic", expert)).content.decode()
    draft = Draft.objects.get()
    assert (draft.topic, draft.need) == (asked, asked)
    assert page.count(asked) >= 2

    client.post(url("topic", expert), {**ANSWERS, "agreed": ""})
    choose(client, expert, at=AT + timedelta(hours=1), soal=asked)
    draft.refresh_from_db()
    assert draft.topic == ANSWERS["topic"]


def test_a_long_question_is_cut_to_a_topic_and_kept_whole_as_the_need(client, expert):
    choose(client, expert, soal="data " * 60)
    draft = Draft.objects.get()

    assert len(draft.topic) <= 150
    assert draft.need == " ".join(["data"] * 60)
