"""A finished case asks once; the answer names the officer, never the visitor."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from halopst.accounts.actors import actor_for
from halopst.audit.models import Entry
from halopst.core.links import BadLink
from halopst.notifications.models import Notice
from halopst.satisfaction import services
from halopst.satisfaction.models import Invitation, Rating
from halopst.satisfaction.queries import invitation_of, officer_scores
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.cases.factories import MORNING, CaseFactory
from tests.satisfaction.factories import InstrumentFactory, InvitationFactory, RatingFactory

pytestmark = pytest.mark.django_db
GOOD = {"score": 5, "need_met": "ya", "comment": "Jelas."}


@pytest.fixture(autouse=True)
def instrument():
    return InstrumentFactory()


def test_the_visitor_of_a_finished_case_is_asked_once():
    case = CaseFactory(officer=UserFactory(name="Cak Bagas"))

    first, again = (services.invite(case.pk, now=MORNING) for _ in range(2))

    assert first == again
    notice = Notice.objects.get()
    assert (notice.kind, notice.user_id, notice.unit_id) == (
        "satisfaction.invitation",
        case.visitor_id,
        case.unit_id,
    )
    assert invitation_of(notice.link.removeprefix("/penilaian/").rstrip("/")) == first


def test_a_case_nobody_served_asks_nothing():
    assert services.invite(CaseFactory(officer=None).pk, now=MORNING) is None
    assert not Invitation.objects.exists()
    assert not Notice.objects.exists()


def test_a_rating_is_kept_with_its_officer_and_recorded_without_a_person():
    invitation = InvitationFactory()

    rating = services.rate(invitation, **GOOD, now=MORNING)

    assert (rating.officer_id, rating.unit_id, rating.score) == (invitation.officer_id, invitation.unit_id, 5)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id, entry.details) == ("satisfaction.rated", None, {"score": 5})


def test_a_second_answer_is_refused_and_changes_nothing():
    invitation = InvitationFactory()
    services.rate(invitation, **GOOD, now=MORNING)

    with pytest.raises(services.AlreadyRated):
        services.rate(invitation, score=1, need_met="tidak", comment="", now=MORNING)
    assert [r.score for r in Rating.objects.all()] == [5]


@pytest.mark.parametrize("bad", [{"score": 0}, {"score": 6}, {"need_met": "mungkin"}])
def test_an_answer_outside_the_questions_is_refused(bad):
    with pytest.raises(services.OutsideTheScale):
        services.rate(InvitationFactory(), **{**GOOD, **bad}, now=MORNING)
    assert not Rating.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_ten_answers_at_once_leave_one():
    InstrumentFactory()
    invitation = InvitationFactory()
    outcomes = []

    def answer():
        try:
            services.rate(invitation, **GOOD, now=MORNING)
            outcomes.append("kept")
        except services.AlreadyRated:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["kept"] + ["refused"] * 9


def test_figures_wait_for_enough_ratings():
    officer = UserFactory()
    RatingFactory.create_batch(4, officer=officer, score=4)
    assert officer_scores([officer.pk]) == {officer.pk: None}

    RatingFactory(officer=officer, score=5)
    shown = officer_scores([officer.pk])[officer.pk]
    assert (shown.n, str(shown.mean)) == (5, "4.2")


@pytest.mark.parametrize("count", [1, 3])
def test_figures_of_many_cost_as_many_queries_as_of_one(count, django_assert_num_queries):
    officers = [RatingFactory().officer_id for _ in range(count)]

    with django_assert_num_queries(2):
        officer_scores(officers)


def test_an_officer_reads_their_own_ratings_and_a_lead_those_of_the_office():
    mine = RatingFactory()
    RatingFactory()
    officer = MembershipFactory(user=mine.officer, unit=mine.unit, role="petugas").user
    lead = MembershipFactory(unit=mine.unit, role="ketua_tim").user

    assert list(Rating.objects.visible_to(actor_for(officer))) == [mine]
    assert list(Rating.objects.visible_to(actor_for(lead))) == [mine]


def test_the_rating_page_asks_and_then_thanks(client):
    invitation = InvitationFactory()
    page = reverse("satisfaction:rate", kwargs={"token": services.rating_token(invitation)})

    assert "Dua pertanyaan" in client.get(page).content.decode()
    assert client.post(page, {"score": "4", "need_met": "sebagian"}, follow=True).redirect_chain == [
        (page, 302)
    ]
    assert "Terima kasih atas penilaian Anda" in client.get(page).content.decode()
    assert Rating.objects.get().score == 4


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({}, "Pilih satu nilai dulu."),
        ({"score": "9", "need_met": "ya"}, "Pilih satu nilai dari daftar."),
        ({"score": "5", "need_met": "ya", "comment": "a" * 1001}, "Ringkas sampai 1000 huruf."),
    ],
)
def test_a_bad_answer_is_told_what_to_do_and_keeps_nothing(client, answer, sentence):
    page = reverse("satisfaction:rate", kwargs={"token": services.rating_token(InvitationFactory())})

    response = client.post(page, answer)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Rating.objects.exists()


def test_a_made_up_link_says_it_is_not_valid(client):
    response = client.get("/penilaian/karangan/")

    assert response.status_code == 409
    assert "tidak berlaku lagi" in response.content.decode()
    with pytest.raises(BadLink):
        invitation_of("karangan")


def test_the_list_shows_words_and_never_who_wrote_them(client):
    rating = RatingFactory(comment="<b>Sabar</b> sekali")
    visitor = rating.invitation.case.visitor
    client.force_login(MembershipFactory(unit=rating.unit, role="kepala").user)

    page = client.get(reverse("satisfaction:ratings"), {"q": "sabar"}).content.decode()

    assert "&lt;b&gt;Sabar&lt;/b&gt; sekali" in page
    assert visitor.name not in page
    assert visitor.email not in page
    assert (
        "Tidak ada penilaian yang cocok"
        in client.get(reverse("satisfaction:ratings"), {"q": "xyz"}).content.decode()
    )


def test_programs_rate_with_the_same_link_once(client):
    token = services.rating_token(InvitationFactory())

    def send(key):
        return client.post(
            "/api/v1/satisfaction/ratings/give",
            {"token": token, **GOOD},
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )

    first, repeat, second = send("kunci-satu"), send("kunci-satu"), send("kunci-dua")

    assert (first.status_code, repeat.status_code, second.status_code) == (201, 201, 409)
    assert first.content == repeat.content
    assert second.json()["type"] == "urn:halopst:already-rated"
    assert Rating.objects.count() == 1
