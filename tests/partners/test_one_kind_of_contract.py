"""The same work is under contracts of one kind, two officers or one, through the platform or past it."""

from threading import Event

import pytest
from django.db import IntegrityError, connection, transaction

from halopst.core.constraints import violated
from halopst.letters.models import BatchItem, Letter
from halopst.letters.services import annul, replace, run_batch_chunk
from halopst.partners.letter_kinds.addenda import about_activity_addendum, about_addendum
from halopst.partners.letter_kinds.contracts import about_activity, about_month
from halopst.partners.models import OfficeRules
from halopst.partners.services.contracts import contracting
from tests.letters.factories import LetterFactory
from tests.partners.activity_office import (
    a_mitra_with_two_activities,
    approve,
    contract,
    per_activity,
    sign,
)
from tests.partners.factories import NOVEMBER, NOW, OfficeRulesFactory, TerminationFactory
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, give, head_of
from tests.partners.test_terminating_activities import end
from tests.races import PATIENCE, all_at_once, until_somebody_waits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
GUARD = "work_has_contracts_of_one_kind"


def write_by(unit, kind):
    OfficeRules.objects.filter(unit=unit).update(contract_kind=kind)


def two_months(unit):
    """Of one activity, both approved."""
    mitra, duty = a_mitra(unit, "Ayu"), a_duty(unit, price=68_000, name="Sakernas", ends=JANUARY)
    give(mitra, duty, 61)
    approve(unit)
    return mitra, duty


def ended(mitra, **particulars):
    """Its work was written before the contract ended, so it is looked at before that."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return TerminationFactory(registration=mitra, **particulars)


def test_an_activity_of_which_another_month_has_a_contract_names_that(unit, actor):
    two_months(unit)
    OfficeRulesFactory(unit=unit, contract_kind="bulan")
    contract(unit, actor)
    write_by(unit, "kegiatan")

    found = contracting.readiness(unit, DECEMBER, now=NOW)

    assert (list(found.ready), len(found.troubles)) == ([], 1)
    assert "terikat perjanjian jenis lain" in found.troubles[0].sentence
    assert found.troubles[0].repair_url == f"/surat/{Letter.objects.get().pk}/"
    write_by(unit, "bulan")
    assert len(contracting.readiness(unit, DECEMBER, now=NOW).ready) == 1


def test_months_before_a_contract_ended_stay_paid_by_what_ended_it(unit):
    actor = head_of(per_activity(unit))
    mitra, _one, two = a_mitra_with_two_activities(unit)
    approve(unit)
    contract(unit, actor)
    sign(about_activity(mitra.pk, two.activity_id))
    end(actor, two, "pasal10", 7)
    write_by(unit, "bulan")

    found = contracting.readiness(unit, NOVEMBER, now=NOW)

    assert (list(found.ready), found.made, list(found.troubles)) == ([], 1, [])


def abouts_of(mitra, duty):
    """Every contract and addendum of the same work: of the month, and of the activity."""
    return (
        (about_month(mitra.pk, NOVEMBER), about_addendum(mitra.pk, NOVEMBER)),
        (about_activity(mitra.pk, duty.activity_id), about_activity_addendum(mitra.pk, duty.activity_id)),
    )


def put(unit, about, state="final"):
    """Past every service, as somebody with psql could."""
    return LetterFactory(unit=unit, kind=about.split(":")[0], about=about, state=state)


def refused(unit, about):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        put(unit, about)
    return violated(caught.value) == GUARD


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("paper", [0, 1])
def test_the_database_takes_no_contract_of_another_kind_whoever_writes(unit, first, paper):
    kinds = abouts_of(*two_months(unit))
    held, others = kinds[first][paper], kinds[1 - first]
    standing = put(unit, held)

    assert [refused(unit, about) for about in others] == [True, True]

    Letter.objects.filter(pk=standing.pk).update(state="outdated", reason="Contoh")
    put(unit, others[0])
    with pytest.raises(IntegrityError) as revived, transaction.atomic():
        Letter.objects.filter(pk=standing.pk).update(state="final", reason="")
    assert violated(revived.value) == GUARD


def test_what_holds_nothing_stands_in_nobodys_way(unit):
    mitra, duty = two_months(unit)
    (month, _), (activity, _) = abouts_of(mitra, duty)
    other = a_duty(unit, price=50_000, name="VIMK")
    Letter.objects.filter(pk=put(unit, month).pk).update(state="void", reason="Contoh")
    put(unit, about_month(mitra.pk, JANUARY))
    put(unit, about_activity(mitra.pk, other.activity_id))
    put(unit, about_activity(a_mitra(unit, "Budi").pk, duty.activity_id))

    put(unit, activity)

    assert refused(unit, month)


def test_what_ended_a_contract_stands_for_it_where_it_pays_and_only_there(unit):
    mitra, duty = two_months(unit)
    (november, _), _activity = abouts_of(mitra, duty)
    ended(mitra, activity=duty.activity, reason="pasal10", honor=544_000)

    assert refused(unit, november)
    put(unit, about_month(mitra.pk, DECEMBER))


def test_where_an_ended_contract_paid_nothing_the_rest_of_the_month_may_be_contracted(unit):
    mitra, duty = two_months(unit)
    ended(mitra, activity=duty.activity, month=DECEMBER, effective_on=DECEMBER)

    assert refused(unit, about_month(mitra.pk, NOVEMBER))
    put(unit, about_month(mitra.pk, DECEMBER))


def test_the_end_of_a_month_stands_in_the_way_of_its_activities(unit):
    mitra, duty = two_months(unit)
    ended(mitra, month=DECEMBER, effective_on=DECEMBER)

    assert refused(unit, about_activity(mitra.pk, duty.activity_id))


def test_a_contract_is_replaced_by_one_of_its_own_kind_as_before(unit, actor):
    mitra, _duty = two_months(unit)
    contract(unit, actor)
    old = Letter.objects.get()

    new = replace(actor, old, reason="Salah ketik", now=NOW)

    old.refresh_from_db()
    assert (old.state, new.state, new.about) == ("replaced", "final", about_month(mitra.pk, NOVEMBER))
    annul(actor, new, reason="Salah", now=NOW)
    write_month_again = contract(unit, actor)
    assert (write_month_again.done, write_month_again.failed) == (1, 0)


def twin(draft, about):
    """The same draft about something else; what it leans on is there, so nothing else is waited for."""
    draft.pk, draft.about = None, about
    draft.kind = draft.token = about.split(":")[0]
    draft.save(force_insert=True)


def both_kinds_at_once(unit):
    """Of the same work, on two connections; the second begins while the first is not yet committed."""
    mitra, duty = two_months(unit)
    (month, _), (activity, _) = abouts_of(mitra, duty)
    drafts = [LetterFactory(unit=unit, state="draft", number=None, about=f"uji:{one}") for one in (1, 2)]
    written, over = Event(), Event()

    def first():
        with transaction.atomic():
            twin(drafts[0], month)
            written.set()
            until_somebody_waits(over)

    def second():
        written.wait(PATIENCE)
        try:
            twin(drafts[1], activity)
        finally:
            over.set()

    return all_at_once(first, second)[1]


@pytest.mark.django_db(transaction=True)
def test_of_two_kinds_at_once_the_database_takes_one(unit):
    ended = both_kinds_at_once(unit)

    assert violated(ended) == GUARD
    assert Letter.objects.exclude(about__startswith="uji:").count() == 1


@pytest.mark.django_db(transaction=True)
def test_were_the_months_not_held_both_kinds_would_stand(unit):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('partners_agree_once'::regproc)")
        (guarded,) = cursor.fetchone()
        cursor.execute(guarded.replace("pg_advisory_xact_lock", "pg_advisory_xact_lock_shared"))
    try:
        ended = both_kinds_at_once(unit)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(guarded)

    assert ended is None
    assert Letter.objects.exclude(about__startswith="uji:").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_batches_of_two_kinds_make_one_contract_and_name_it_to_the_other(unit):
    two_months(unit)
    OfficeRulesFactory(unit=unit, contract_kind="bulan")
    batches = []
    for kind in ("bulan", "kegiatan"):
        write_by(unit, kind)
        batches.append(contracting.write_contracts(head_of(unit), unit=unit, month=NOVEMBER, now=NOW))

    outcomes = all_at_once(*(lambda batch=batch: run_batch_chunk(batch.pk, now=NOW) for batch in batches))

    assert outcomes == [True, True]
    assert Letter.objects.count() == 1
    failed = BatchItem.objects.get(state="failed")
    assert "terikat perjanjian jenis lain" in failed.error
    assert failed.repair_url == f"/surat/{Letter.objects.get().pk}/"
