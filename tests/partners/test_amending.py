"""A signed contract whose month changed is kept by an addendum that says what was and what is agreed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from psycopg.types.range import DateRange

from halopst.core.actors import SYSTEM
from halopst.core.constraints import violated
from halopst.core.errors import NotPermitted
from halopst.letters.models import BatchItem, Letter
from halopst.letters.rules import Verb
from halopst.letters.services import CannotCompose, annul, moving, replace, run_batch_chunk
from halopst.letters.services.refusals import GoesOnWithAnother
from halopst.partners.letter_kinds.addenda import ADDENDUM
from halopst.partners.models import OfficeRules
from halopst.partners.queries.contracts.covering import contracts_of
from halopst.partners.services.allocation import approving
from halopst.partners.services.allocation_refusals import NothingToAmend, NothingToWrite
from halopst.partners.services.contracts import amending, contracting
from halopst.partners.services.handovers import handing_over, receipting
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import ClassificationFactory, LetterFactory, NumberPatternFactory
from tests.partners.factories import NOVEMBER, NOW, OfficeRulesFactory, OwnSessionFactory
from tests.partners.offices import a_duty, a_mitra, give, head, lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]


def make(batch):
    while run_batch_chunk(batch.pk, now=NOW):
        pass


def agree(unit):
    return approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW).approvals[0]


def sign(letter):
    moving.move(SYSTEM, moving.locked(letter), Verb.SIGN, now=NOW)


def contracted(unit, actor, *, signed=True):
    """Twenty documents contracted, then changed to fifteen and agreed to again."""
    mitra, duty = a_mitra(unit, "Ayu"), a_duty(unit, price=68_000, name="Sakernas")
    give(mitra, duty, 20)
    agree(unit)
    make(contracting.write_contracts(actor, unit=unit, month=NOVEMBER, now=NOW))
    contract = Letter.objects.get()
    if signed:
        sign(contract)
    give(mitra, duty, 15)
    agree(unit)
    return contract, mitra, duty


def own_page_of(mitra):
    browser = Client()
    OwnSessionFactory(person=mitra.person, secret=f"rahasia-{mitra.pk}")
    browser.cookies["mitra"] = f"rahasia-{mitra.pk}"
    return browser


def amendable(unit):
    return amending.amendable(unit, contracting.mitra_ready(unit, NOVEMBER).ready, now=NOW)


def amend(unit, actor):
    make(amending.write_addenda(actor, unit=unit, month=NOVEMBER, now=NOW))
    return Letter.objects.filter(kind="partners.addendum").latest("pk")


def test_an_addendum_names_the_contract_and_says_what_was_and_what_is(unit, actor):
    contract, mitra, _duty = contracted(unit, actor)

    letter = amend(unit, actor)

    contract.refresh_from_db()
    assert (letter.state, contract.state, Letter.objects.count()) == ("final", "outdated", 2)
    assert letter.about == f"partners.addendum:{mitra.pk}:2026-11"
    assert letter.data["perjanjian"] == f"nomor {contract.number} tanggal 20 November 2026"
    assert (letter.data["honor_semula"], letter.data["honor"]) == (1_360_000, 1_020_000)
    assert (letter.data["semula"][0]["volume"], letter.data["kegiatan"][0]["volume"]) == (20, 15)
    for write, refusal in (
        (amending.write_addenda, NothingToAmend),
        (contracting.write_contracts, NothingToWrite),
    ):
        with pytest.raises(refusal):
            write(actor, unit=unit, month=NOVEMBER, now=NOW)


def test_what_only_an_addendum_lacks_is_named_before_it_is_begun_and_contracts_go_on(unit, actor):
    contracted(unit, actor)
    NumberPatternFactory(unit=unit, kind="partners.addendum", classification="VS.999")
    ClassificationFactory(code="VS.999", period=DateRange(date(2026, 1, 1), NOVEMBER))

    found = contracting.readiness(unit, NOVEMBER, now=NOW)

    assert (len(found.ready), amendable(unit)) == (1, [])
    assert [trouble.about for trouble in found.troubles] == [str(ADDENDUM.label)]
    assert "VS.999 berakhir" in found.troubles[0].sentence
    with pytest.raises(NothingToAmend):
        amending.write_addenda(actor, unit=unit, month=NOVEMBER, now=NOW)


def test_what_only_a_contract_lacks_is_named_and_addenda_go_on(client, unit, actor):
    contracted(unit, actor)
    NumberPatternFactory(unit=unit, kind="partners.contract", classification="VS.999", valid_from=NOVEMBER)
    ClassificationFactory(code="VS.999", period=DateRange(date(2026, 1, 1), NOVEMBER))
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    found = contracting.readiness(unit, NOVEMBER, now=NOW)
    page = client.get(f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11").content.decode()

    assert (found.ready, len(amendable(unit))) == ((), 1)
    assert "VS.999 berakhir" in found.troubles[0].sentence
    assert "1 perjanjian yang sudah ditandatangani berubah isinya" in page
    assert "Buat 1 adendum saja" in page
    assert amend(unit, actor).state == "final"


def test_a_contract_whose_addendum_holds_is_neither_written_anew_nor_annulled_before_that_is_annulled(
    unit, actor
):
    contract, _mitra, _duty = contracted(unit, actor)
    addendum = amend(unit, actor)
    contract.refresh_from_db()

    with pytest.raises(CannotCompose, match="sudah diubah dengan adendum") as refused:
        replace(actor, contract, reason="Salah ketik", now=NOW)

    assert (refused.value.repair_url, Letter.objects.count()) == (f"/surat/{addendum.pk}/", 2)
    with pytest.raises(GoesOnWithAnother, match=f"dengan {addendum.number}. Batalkan surat itu lebih dulu"):
        annul(actor, contract, reason="Salah ketik", now=NOW)
    newer = replace(actor, addendum, reason="Salah ketik", now=NOW)
    assert (newer.state, newer.about) == ("final", addendum.about)
    annul(actor, newer, reason="Perjanjiannya diganti", now=NOW)
    assert replace(actor, contract, reason="Salah ketik", now=NOW).state == "final"


@pytest.mark.parametrize("kind", ["bulan", "kegiatan"])
@pytest.mark.parametrize("first", ["contract", "addendum"])
def test_contracts_and_addenda_asked_for_together_give_one_letter_in_force(unit, actor, kind, first):
    OfficeRulesFactory(unit=unit, contract_kind=kind)
    contracted(unit, actor)
    asked = {"unit": unit, "month": NOVEMBER, "now": NOW}
    batches = {
        "contract": contracting.write_contracts(actor, **asked),
        "addendum": amending.write_addenda(actor, **asked),
    }

    run_batch_chunk(batches[first].pk, now=NOW)  # numbered, not yet printed
    for name in sorted(batches, key=lambda name: name == first):
        make(batches[name])

    in_force = Letter.objects.get(state="final")
    assert in_force.kind.endswith(first)
    failed = BatchItem.objects.get(state="failed")
    said = {"contract": "adendum tidak diperlukan lagi", "addendum": "sudah diubah dengan adendum"}[first]
    assert said in failed.error
    assert failed.repair_url == f"/surat/{in_force.pk}/"


def test_the_database_takes_no_contract_beside_its_addendum_whoever_writes(unit, actor):
    contract, _mitra, _duty = contracted(unit, actor)
    addendum = amend(unit, actor)
    same = {"unit": unit, "template": contract.template, "state": "draft", "about": contract.about}

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        LetterFactory(kind="partners.contract", **same)

    assert violated(caught.value) == "work_has_contracts_of_one_kind"
    annul(actor, addendum, reason="Perjanjiannya diganti", now=NOW)
    LetterFactory(kind="partners.contract", **same)


def test_a_contract_nobody_signed_is_replaced_not_amended(unit, actor):
    contracted(unit, actor, signed=False)

    with pytest.raises(NothingToAmend):
        amending.write_addenda(actor, unit=unit, month=NOVEMBER, now=NOW)
    with pytest.raises(NotPermitted):
        amending.write_addenda(lead(unit), unit=unit, month=NOVEMBER, now=NOW)
    assert len(contracting.readiness(unit, NOVEMBER, now=NOW).ready) == 1


def test_the_next_change_amends_what_the_last_addendum_agreed(unit, actor):
    _contract, mitra, duty = contracted(unit, actor)
    first = amend(unit, actor)
    sign(first)
    give(mitra, duty, 12)
    first.refresh_from_db()
    assert first.state == "outdated"
    agree(unit)

    second = amend(unit, actor)

    first.refresh_from_db()
    assert (first.state, first.replaced_by) == ("replaced", second)
    assert (second.data["honor_semula"], second.data["honor"]) == (1_020_000, 816_000)


def test_its_mitra_reads_that_the_signed_contract_goes_on_with_its_addendum(unit, actor):
    contract, mitra, _duty = contracted(unit, actor)
    browser = own_page_of(mitra)

    before = browser.get("/saya-mitra/").content.decode()
    letter = amend(unit, actor)
    after = browser.get("/saya-mitra/").content.decode()

    assert "Isinya berubah setelah ditandatangani. Tunggu perubahannya dari satker." in before
    assert "Jangan ditandatangani" not in before + after
    assert f'adendum <span class="num nowrap">{letter.number}</span>; yang tidak diubah' in after
    assert "Tidak berlaku lagi" not in after
    for row in (contract, letter):
        assert browser.get(f"/saya-mitra/surat/{row.pk}.pdf").content[:5] == b"%PDF-"


def test_payment_says_that_an_addendum_may_be_what_waits_for_its_signature(client, unit, actor):
    contracted(unit, actor)
    amend(unit, actor)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    page = client.get(f"/mitra/{unit.slug}/pembayaran/?bulan=2026-11").content.decode()

    assert "Perjanjian atau adendumnya belum ditandatangani" in page


def test_what_is_handed_over_follows_the_addendum(unit, actor):
    contract, _mitra, _duty = contracted(unit, actor)
    letter = amend(unit, actor)
    sign(letter)
    (handover,) = handing_over.record_all_as_planned(actor, unit=unit, month=NOVEMBER, now=NOW)
    make(receipting.write_receipts(actor, unit=unit, month=NOVEMBER, now=NOW))
    receipt = Letter.objects.get(kind="partners.handover")
    sign(receipt)

    assert receipting.bring_agreement_along(receipt.pk, now=NOW) == 1

    letter.refresh_from_db()
    assert (letter.state, handover.due) == ("handed_over", 1_020_000)
    assert contracts_of([handover.approval]) == {handover.approval_id: [letter]}
    assert receipt.data["perjanjian"] == (
        f"nomor {contract.number} tanggal 20 November 2026 "
        f"dengan adendum nomor {letter.number} tanggal 20 November 2026"
    )


def test_the_page_offers_the_choice(client, unit, actor):
    contracted(unit, actor)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11"

    assert "Buat 1 adendum saja" in client.get(url).content.decode()
    answer = client.post(url, {"adendum": "ya"})

    assert answer["Location"].startswith("/surat/borongan/")
    for path, expected in (("addenda", ("type", "urn:halopst:being-made")), ("contracts", ("total", 1))):
        sent = client.post(
            f"/api/v1/partners/units/{unit.slug}/{path}",
            {"month": "2026-11"},
            "application/json",
            headers={"Idempotency-Key": f"lewat-program-{path}"},
        )
        assert expected in sent.json().items()


@pytest.mark.parametrize(("first", "then"), [("bulan", "kegiatan"), ("kegiatan", "bulan")])
def test_work_under_contract_is_not_contracted_again_by_the_other_kind(unit, actor, first, then):
    rules = OfficeRulesFactory(unit=unit, contract_kind=first)
    give(a_mitra(unit, "Ayu"), a_duty(unit, price=68_000, name="Sakernas"), 20)
    agree(unit)
    make(contracting.write_contracts(actor, unit=unit, month=NOVEMBER, now=NOW))
    OfficeRules.objects.filter(pk=rules.pk).update(contract_kind=then)

    covered = contracting.readiness(unit, NOVEMBER, now=NOW)
    annul(actor, Letter.objects.get(), reason="Jenis perjanjian diganti", now=NOW)

    assert (list(covered.ready), covered.made, list(covered.troubles)) == ([], 1, [])
    assert len(contracting.readiness(unit, NOVEMBER, now=NOW).ready) == 1


def test_a_month_of_which_only_a_part_is_under_the_other_kind_names_what_stands_in_its_way(unit, actor):
    rules = OfficeRulesFactory(unit=unit, contract_kind="kegiatan")
    mitra = a_mitra(unit, "Ayu")
    give(mitra, a_duty(unit, price=68_000, name="Sakernas"), 20)
    agree(unit)
    make(contracting.write_contracts(actor, unit=unit, month=NOVEMBER, now=NOW))
    give(mitra, a_duty(unit, price=50_000, name="VIMK"), 3)
    agree(unit)
    OfficeRules.objects.filter(pk=rules.pk).update(contract_kind="bulan")

    found = contracting.readiness(unit, NOVEMBER, now=NOW)

    assert (list(found.ready), found.made, len(found.troubles)) == ([], 0, 1)
    assert "terikat perjanjian jenis lain" in found.troubles[0].sentence
    assert found.troubles[0].repair_url == f"/surat/{Letter.objects.get().pk}/"
