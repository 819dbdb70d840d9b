"""Beyond the cap only with a reason, a document, a second person who may, and a line in the record."""

from io import BytesIO

import pytest

from halopst.audit.models import Entry
from halopst.core.errors import NotPermitted
from halopst.notifications.models import Notice
from halopst.partners.models import CapOverride, MonthTotal
from halopst.partners.services import FileNotAccepted
from halopst.partners.services.allocation import overriding
from halopst.partners.services.allocation.overriding import ask_exception, grant_exception, withdraw_exception
from halopst.partners.services.allocation_refusals import (
    DecliningNeedsReason,
    ExceptionDecided,
    ExceptionExists,
    ExceptionInUse,
    ExceptionLiftsNothing,
    ExceptionNeedsReason,
    OverCap,
    SecondPersonForException,
)
from tests.partners.factories import NOVEMBER, NOW, CapOverrideFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give, head, lead

pytestmark = pytest.mark.django_db
REASON = "Hanya satu mitra menguasai wilayah kepulauan ini."
WHY = "Masih ada mitra lain di kecamatan itu."


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def scan(content=b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"):
    file = BytesIO(content)
    file.name = "nota-dinas.pdf"
    return file


def ask(registration, *, actor=None, amount=5_000_000, reason=REASON, file=None):
    return ask_exception(
        actor or lead(registration.unit),
        registration=registration,
        month=NOVEMBER,
        amount=amount,
        reason=reason,
        file=file or scan(),
        now=NOW,
    )


def test_asked_for_it_lifts_nothing_granted_it_does():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    asked = ask(mitra)
    with pytest.raises(OverCap):
        give(mitra, duty, 5)

    grant_exception(head(unit), exception=asked, now=NOW)
    give(mitra, duty, 5)

    assert (MonthTotal.objects.get().total, MonthTotal.objects.get().cap) == (5_000_000, 5_000_000)
    actions = Entry.objects.filter(action__startswith="partners.exception").values_list("action", flat=True)
    assert sorted(actions) == ["partners.exception-asked", "partners.exception-granted"]
    with pytest.raises(OverCap):
        give(mitra, duty, 6)


def test_what_lifts_nothing_is_not_asked_for():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    with pytest.raises(OverCap):
        give(mitra, duty, 5)

    with pytest.raises(ExceptionLiftsNothing, match=r"sudah Rp4\.170\.000"):
        ask(mitra, amount=830_000)
    assert CapOverride.objects.count() == 0


def test_the_document_is_sealed_and_reads_back():
    asked = ask(a_mitra(an_office()))

    assert (asked.document_name, asked.document_type) == ("nota-dinas.pdf", "application/pdf")
    assert overriding.read_exception_document(asked).startswith(b"%PDF-1.7")


def test_without_reason_amount_or_document_nothing_is_asked():
    mitra = a_mitra(an_office())

    for wrong in ({"reason": "  "}, {"amount": 0}, {"amount": 10**12}):
        with pytest.raises(ExceptionNeedsReason):
            ask(mitra, **wrong)
    with pytest.raises(FileNotAccepted):
        ask(mitra, file=scan(b"bukan pdf"))
    assert CapOverride.objects.count() == 0


def test_one_exception_per_person_and_month():
    mitra = a_mitra(an_office())
    ask(mitra)

    with pytest.raises(ExceptionExists):
        ask(mitra)


def test_who_asked_cannot_grant_and_who_may_not_does_not():
    unit = an_office()
    boss = head(unit)
    asked = CapOverrideFactory(unit=unit, asked_by_id=boss.user_id)

    with pytest.raises(SecondPersonForException):
        grant_exception(boss, exception=asked, now=NOW)
    with pytest.raises(NotPermitted):
        grant_exception(lead(unit), exception=asked, now=NOW)
    grant_exception(head(unit), exception=asked, now=NOW)
    with pytest.raises(ExceptionDecided):
        grant_exception(head(unit), exception=asked, now=NOW)


def test_an_exception_honor_rests_on_cannot_be_withdrawn():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    granted = CapOverrideFactory(unit=unit, person=mitra.person, granted=True)
    give(mitra, duty, 5)

    with pytest.raises(ExceptionInUse):
        withdraw_exception(head(unit), exception=granted, reason=WHY, now=NOW)
    give(mitra, duty, 4)
    withdraw_exception(head(unit), exception=granted, reason=WHY, now=NOW)

    with pytest.raises(OverCap):
        give(mitra, duty, 5)
    with pytest.raises(ExceptionDecided):
        withdraw_exception(head(unit), exception=granted, reason=WHY, now=NOW)


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 1001], ids=["nothing", "blank", "too long"])
def test_nobody_declines_without_saying_why(reason):
    unit = an_office()
    asked = CapOverrideFactory(unit=unit)

    with pytest.raises(DecliningNeedsReason):
        withdraw_exception(head(unit), exception=asked, reason=reason, now=NOW)
    asked.refresh_from_db()
    assert (asked.withdrawn_at, asked.withdrawn_reason, Notice.objects.count()) == (None, "", 0)


def test_why_it_was_declined_is_kept_and_on_record():
    unit = an_office()
    asked = CapOverrideFactory(unit=unit)

    withdraw_exception(head(unit), exception=asked, reason=f"  {WHY} ", now=NOW)

    asked.refresh_from_db()
    assert (asked.standing, asked.withdrawn_reason) == ("declined", WHY)
    assert Entry.objects.get(action="partners.exception-withdrawn").details["reason"] == WHY


def test_what_was_granted_meanwhile_is_not_taken_back_by_who_meant_to_decline_it():
    unit = an_office()
    asked = CapOverrideFactory(unit=unit)
    grant_exception(head(unit), exception=asked, now=NOW)

    with pytest.raises(ExceptionDecided):
        withdraw_exception(head(unit), exception=asked, reason=WHY, seen="waiting", now=NOW)

    asked.refresh_from_db()
    assert asked.standing == "granted"
