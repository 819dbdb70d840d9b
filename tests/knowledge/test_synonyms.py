"""What people say for what texts say, and figures an office is asked for and lacks."""

import pytest
from django.utils import timezone

from halopst.audit.models import Entry
from halopst.core.actors import ANONYMOUS
from halopst.knowledge.models import DataRequest, Synonym
from halopst.knowledge.queries import Filters, read_as, search
from halopst.knowledge.rules.texts.figures_in_texts import states_figures
from halopst.knowledge.rules.words.synonyms import key_of, read_with
from halopst.knowledge.services import reindex
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.knowledge.factories import DataRequestFactory, DocumentFactory, SynonymFactory
from tests.units.factories import HeadOfficeFactory, UnitFactory


def test_phrases_are_replaced_longest_first_and_the_rest_stays_as_written():
    meanings = {"angka nganggur": "TPT", "nganggur": "penganggur", "pdrb": "PDRB (pdrb)"}

    assert read_with("Berapa Angka Nganggur Jatim?", meanings) == "Berapa TPT Jatim?"
    assert read_with("yang nganggur, 2,61%", meanings) == "yang penganggur, 2,61%"
    assert read_with("PDRB", meanings) == "PDRB (pdrb)"
    assert read_with("", meanings) == ""


@pytest.mark.parametrize(
    ("phrase", "key"),
    [("Angka  Nganggur!", "angka nganggur"), ("yang di", ""), ("a b c d e f", ""), ("!?", "")],
)
def test_a_phrase_is_looked_up_however_it_is_written(phrase, key):
    assert key_of(phrase) == key


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("TPT 4,91 persen", True),
        ("2.884.090 jiwa", True),
        ("TPT 5 persen", True),
        ("naik 7% dan 12 ribu jiwa", True),
        ("12 langkah, 3. Buka", False),
        ("sejak 2024 ada 3 cara", False),
        ("tanpa angka", False),
    ],
)
def test_years_and_small_counts_are_no_figures(text, states):
    assert states_figures(text) is states


@pytest.mark.django_db
def test_an_offices_own_synonym_goes_before_the_head_offices_and_counts_nowhere_else():
    head, own, other = HeadOfficeFactory(), UnitFactory(), UnitFactory()
    someone = UserFactory()
    for unit, means in ((head, "nasional"), (own, "setempat")):
        SynonymFactory(unit=unit, phrase="lokal", means=means, state="approved", approved_by=someone)
    SynonymFactory(unit=own, phrase="usulan", means="jangan dulu")

    assert read_as("data lokal usulan", own) == "data setempat usulan"
    assert (read_as("lokal", other), read_as("lokal", None)) == ("nasional", "nasional")


@pytest.mark.django_db
def test_search_finds_by_a_synonym():
    office = UnitFactory()
    document = DocumentFactory(
        unit=office, state="published", title="Tingkat pengangguran terbuka", text="TPT adalah persentase."
    )
    reindex([document])
    SynonymFactory(unit=office, phrase="nganggur", state="approved", approved_by=UserFactory())

    hits = search(ANONYMOUS, "angka nganggur", filters=Filters(unit=office)).hits
    assert [hit.document for hit in hits] == [document]


@pytest.mark.django_db
def test_a_synonym_is_proposed_and_approved_on_the_page(client):
    membership = MembershipFactory(role="petugas")
    client.force_login(membership.user)
    given = {"office": membership.unit.slug, "phrase": "nganggur", "means": "pengangguran"}
    client.post("/pengetahuan/padanan/", given)
    again = client.post("/pengetahuan/padanan/", given)
    assert (again.status_code, "Kata ini sudah punya padanan" in again.content.decode()) == (409, True)

    made = Synonym.objects.get()
    client.force_login(MembershipFactory(unit=membership.unit, role="ketua_tim").user)
    client.post(f"/pengetahuan/padanan/{made.pk}/langkah/", {"aksi": "setuju"})
    made.refresh_from_db()
    assert made.state == "approved"
    client.post(f"/pengetahuan/padanan/{made.pk}/langkah/", {"aksi": "tarik"})
    assert read_as("nganggur", membership.unit) == "nganggur"
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        f"knowledge.synonym-{step}" for step in ("proposed", "approved", "withdrawn")
    ]


@pytest.mark.django_db
def test_a_proposal_offers_each_person_what_they_may_do_with_it(client):
    lead = MembershipFactory(role="ketua_tim")
    row = SynonymFactory(unit=lead.unit, proposed_by=lead.user)

    def offered(person):
        client.force_login(person.user)
        page = client.get("/pengetahuan/padanan/").content.decode()
        said = ("Setujui", "Tolak", "Batalkan usulan", "Berhenti memakai", "Menunggu persetujuan")
        return [words for words in said if words in page]

    another = MembershipFactory(unit=lead.unit, role="ketua_tim")
    assert offered(lead) == ["Batalkan usulan", "Menunggu persetujuan"]
    assert offered(MembershipFactory(unit=lead.unit, role="petugas")) == ["Menunggu persetujuan"]
    assert offered(another) == ["Setujui", "Tolak"]

    told = client.post(f"/pengetahuan/padanan/{row.pk}/langkah/", {"aksi": "tarik"}, follow=True)
    assert "Usulan padanan tidak dipakai." in told.content.decode()


@pytest.mark.django_db
def test_a_data_request_is_closed_once_with_a_word(client):
    membership = MembershipFactory(role="ketua_tim")
    client.force_login(membership.user)
    row = DataRequestFactory(unit=membership.unit, topic="Produksi jagung")
    DataRequestFactory(topic="Milik satker lain")
    address = f"/data/{membership.unit.slug}/permintaan/"
    page = client.get(address).content.decode()
    assert ("Produksi jagung" in page, "Milik satker lain" in page) == (True, False)

    client.post(f"{address}{row.pk}/tutup/", {"hasil": "tetap", "note": "Tabel baru."})
    row.refresh_from_db()
    assert (row.state, row.note, row.closed_by) == ("filled", "Tabel baru.", membership.user)
    assert row.closed_at <= timezone.now()
    assert client.post(f"{address}{row.pk}/tutup/", {"hasil": "tidak"}).status_code == 409
    assert DataRequest.objects.get(pk=row.pk).state == "filled"
