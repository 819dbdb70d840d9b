"""A contract that was changed or ended says by what: to its officers, and to whoever holds its QR code."""

import pytest

from halopst.core.actors import SYSTEM
from halopst.letters.models import Letter
from halopst.letters.queries import Continuation, continuing, verification
from halopst.letters.rules import Verb
from halopst.letters.services import moving, run_batch_chunk
from halopst.partners.letter_kinds.contracts import about_month
from halopst.partners.queries.handovers.recorded import plans
from halopst.partners.queries.own.page import own_letters
from halopst.partners.rules.own import Mitra
from halopst.partners.services.contracts import amending, contracting
from halopst.partners.services.handovers import terminating
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import LetterFactory
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import a_duty, a_mitra
from tests.partners.payers import approved, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]


@pytest.fixture
def approval(unit):
    return approved(a_mitra(unit, "Ayu"))


@pytest.fixture
def contract(approval):
    return out_of_date(approval)


def out_of_date(approval, **more):
    """The contract of the month, by default signed before its month changed."""
    return LetterFactory(
        unit=approval.registration.unit,
        kind="partners.contract",
        about=about_month(approval.registration_id, approval.month),
        state="outdated",
        outdated_at=NOW,
        reason="Alokasi berubah.",
        data={},
        **{"signed_at": NOW, **more},
    )


@pytest.fixture
def told(client, unit, contract):
    """What its public page and its officers' page say, as programs read it too: status and number."""
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    def ask():
        public = client.get(f"/verifikasi/{contract.token}").content.decode()
        officers = client.get(f"/surat/{contract.pk}/").content.decode()
        program = client.get(f"/api/v1/letters/verification/{contract.token}").json()
        return public, officers, (program["status"], program["continued_by"])

    return ask


def test_a_signed_addendum_leaves_its_contract_valid_and_is_named(told, approval):
    addendum = signed(approval, "addendum")

    public, officers, program = told()

    assert program == ("amended", str(addendum.number))
    assert "Surat ini asli dan berlaku dengan perubahannya" in public
    assert str(addendum.number) in public
    assert "Surat ini tetap berlaku, bersama surat yang mengubahnya." in officers
    assert f'href="/surat/{addendum.pk}/"' in officers
    assert "Buat pengganti" not in officers
    assert "Batalkan surat" not in officers


def test_an_addendum_nobody_signed_changes_nothing_yet_outside(told, approval):
    addendum = signed(approval, "addendum", "final")

    public, officers, program = told()

    assert program == ("outdated", "")
    assert str(addendum.number) not in public
    assert "Surat yang mengubahnya menunggu tanda tangan." in officers
    assert f'href="/surat/{addendum.pk}/"' in officers


@pytest.mark.parametrize("state", ["outdated", "void", "draft"])
def test_an_addendum_that_does_not_hold_is_none(told, approval, state):
    signed(approval, "addendum", state, reason="Salah.")

    _public, officers, program = told()

    assert program == ("outdated", "")
    assert "Buat pengganti" in officers


def made(batch):
    while run_batch_chunk(batch.pk, now=NOW):
        pass
    return Letter.objects.latest("pk")


def sign(letter):
    moving.move(SYSTEM, moving.locked(letter), Verb.SIGN, now=NOW)


def broken_off(actor, approval):
    (work,) = plans([approval])[approval.pk]
    return terminating.terminate(
        actor,
        approval=approval,
        reason="pasal10",
        explanation="Sakit sejak 14 November.",
        effective_on=NOW.date(),
        realised={work.assignment: 8},
        training_cost=0,
        now=NOW,
    )


def test_a_letter_of_termination_ends_its_contract_once_it_is_signed(unit, actor, approval):
    contract = made(contracting.write_contracts(actor, unit=unit, month=NOVEMBER, now=NOW))
    letter = broken_off(actor, approval)

    before = verification(contract.token)
    sign(letter)
    after = verification(contract.token)

    assert (before.status, before.continued_by) == ("outdated", "")
    assert (after.status, after.continued_by) == ("terminated", str(letter.number))


def test_what_ends_an_addendum_ends_its_contract_too(unit, actor):
    mitra, duty = a_mitra(unit, "Budi"), a_duty(unit, price=68_000)
    approved(mitra, duty=duty)
    contract = made(contracting.write_contracts(actor, unit=unit, month=NOVEMBER, now=NOW))
    sign(contract)
    approval = approved(mitra, duty=duty, volume=15)
    addendum = made(amending.write_addenda(actor, unit=unit, month=NOVEMBER, now=NOW))
    sign(addendum)
    letter = broken_off(actor, approval)
    sign(letter)

    told = [verification(row.token) for row in (contract, addendum)]

    assert [(one.status, one.continued_by) for one in told] == [("terminated", str(letter.number))] * 2
    shown = {row.letter.pk: row.is_ended for row in own_letters(Mitra(mitra.person_id, 0))}
    assert (shown[contract.pk], shown[addendum.pk], shown[letter.pk]) == (True, True, False)


def test_who_reads_an_ended_contract_is_led_to_what_ended_it(unit, told, contract, monkeypatch):
    letter = LetterFactory(unit=unit, kind="partners.termination", state="signed")
    ended = Continuation(letter, ends=True)
    monkeypatch.setattr(continuing, "_tellers", [lambda _letters: {contract.pk: ended}])

    public, officers, program = told()

    assert program == ("terminated", str(letter.number))
    assert "Surat ini asli, tetapi sudah diakhiri" in public
    assert "Surat ini sudah diakhiri dengan surat lain." in officers
    assert f'href="/surat/{letter.pk}/"' in officers


def test_a_contract_never_signed_has_no_addendum(approval):
    contract = out_of_date(approval, signed_at=None)
    signed(approval, "addendum")

    assert verification(contract.token).status == "outdated"


@pytest.mark.usefixtures("told")
def test_the_list_of_letters_marks_them_too(client, unit, approval, contract):
    signed(approval, "addendum")

    listed = client.get(f"/surat/?satker={unit.slug}&keadaan=outdated").content.decode()

    assert f"/surat/{contract.pk}/" in listed
    assert "Berlaku, sudah diubah" in listed
