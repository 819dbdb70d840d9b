"""An import that somebody stopped goes on: nothing is lost, nothing comes twice."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from halopst.accounts.models import Membership
from halopst.partners import services
from halopst.partners.models import ImportPiece, ImportRun, Person
from halopst.partners.services.imports import importing, loading
from tests.accounts.factories import MembershipFactory
from tests.partners.sheets import people, xlsx
from tests.partners.test_imports import checked, counts, uploaded
from tests.partners.test_register import keeper
from tests.scheduling.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(monkeypatch):
    monkeypatch.setattr(loading, "PIECE_ROWS", 2)
    return MembershipFactory(role="admin").unit


@pytest.fixture
def stopped(office):
    """Two of five rows are in the register."""
    run = checked(office, xlsx(people(5)))
    services.start_import(keeper(office), run, now=NOW)
    loading._import_piece(run.pk, now=NOW)
    return services.cancel_import(keeper(office), run, now=timezone.now())


def worked(run):
    services.carry_on(run.pk, now=NOW)
    run.refresh_from_db()
    return run


def test_one_stopped_midway_is_checked_again_and_brings_the_rest(office, stopped):
    run = services.resume_import(keeper(office), stopped, now=timezone.now())
    assert (run.state, run.done, run.finished_at) == ("checking", 0, None)

    run = worked(run)
    assert (run.state, counts(run)) == ("checked", (5, 5, 0, 0, 0, 0))
    services.start_import(keeper(office), run, now=NOW)
    run = worked(run)

    assert (run.state, counts(run)) == ("done", (5, 5, 0, 3, 0, 2))
    assert Person.objects.count() == 5


def test_its_page_offers_to_go_on(office, stopped, client, waiting_jobs):
    client.force_login(Membership.objects.get(unit=office).user)
    page = f"/mitra/{office.slug}/impor/{stopped.pk}/"
    asked = len(waiting_jobs())

    offered = f'action="{page}lanjutkan/"' in client.get(page).content.decode()
    client.post(f"{page}lanjutkan/")

    assert offered
    assert waiting_jobs()[asked:] == ["halopst.partners.tasks.carry_on_import"]
    assert "Memeriksa baris" in client.get(page).content.decode()


def test_one_stopped_before_its_columns_were_said_asks_for_them(office):
    run = uploaded(office, xlsx(people(2)))
    services.cancel_import(keeper(office), run, now=timezone.now())

    run = services.resume_import(keeper(office), run, now=timezone.now())

    assert (run.state, run.started_at) == ("uploaded", None)


def test_one_whose_file_is_gone_is_to_be_uploaded_again(office, stopped, client):
    importing.forget_file(stopped)
    client.force_login(Membership.objects.get(unit=office).user)

    assert "lanjutkan/" not in client.get(f"/mitra/{office.slug}/impor/{stopped.pk}/").content.decode()
    with pytest.raises(importing.FileForgotten):
        services.resume_import(keeper(office), stopped, now=timezone.now())


def test_a_worker_still_checking_leaves_a_run_begun_anew_alone(office, monkeypatch):
    """Its next piece would else pass for all before it, which nobody has checked."""
    run = uploaded(office, xlsx(people(5)))
    services.check_import(
        keeper(office), run, mappings=run.mappings, position="pendataan", status="aktif", now=NOW
    )
    one_piece = loading._check_piece

    def and_somebody_begins_anew(*args, **kwargs):
        monkeypatch.setattr(loading, "_check_piece", one_piece)
        went = one_piece(*args, **kwargs)
        services.cancel_import(keeper(office), run, now=timezone.now())
        services.resume_import(keeper(office), run, now=timezone.now())
        return went

    monkeypatch.setattr(loading, "_check_piece", and_somebody_begins_anew)
    run = worked(run)
    assert (run.state, run.done) == ("checking", 0)

    assert (worked(run).state, counts(run)) == ("checked", (5, 5, 0, 0, 0, 0))


@pytest.mark.django_db(transaction=True)
def test_one_whose_last_piece_is_still_being_taken_in_waits(office):
    run = checked(office, xlsx(people(2)))
    services.start_import(keeper(office), run, now=NOW)

    def stop_and_go_on():
        try:
            stopped = services.cancel_import(keeper(office), run, now=NOW)
            with pytest.raises(importing.StillStopping):
                services.resume_import(keeper(office), stopped, now=timezone.now())
            return ImportRun.objects.get(pk=run.pk).state
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other, transaction.atomic():
        ImportPiece.objects.select_for_update().get()
        state = other.submit(stop_and_go_on).result()

    assert state == "cancelled"
    services.resume_import(keeper(office), run, now=timezone.now())
    assert worked(run).state == "checked"
