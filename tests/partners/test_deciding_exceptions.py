"""Who may decide on an exception does so on a page, and everyone concerned hears of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from halopst.accounts.actors import actor_for
from halopst.notifications.models import Notice
from halopst.partners.models import CapOverride
from halopst.partners.services.allocation.overriding import grant_exception, withdraw_exception
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOW, CapOverrideFactory
from tests.partners.offices import a_mitra, an_office, head_of

pytestmark = pytest.mark.django_db
WHY = "Masih ada mitra lain di kecamatan itu."


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def asker(unit):
    return MembershipFactory(unit=unit, role="ketua_tim", user__name="Budi").user


@pytest.fixture
def asked(unit, asker):
    return CapOverrideFactory(unit=unit, asked_by=asker, person=a_mitra(unit, "Sri").person)


def signed_in(client, unit, role="kepala", **user):
    person = MembershipFactory(unit=unit, role=role, **user).user
    client.force_login(person)
    return person


def page_of(client, unit):
    return client.get(f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11").content.decode()


def decide(client, row, **data):
    return client.post(f"/mitra/{row.unit.slug}/pengecualian/{row.pk}/", data)


def test_declining_asks_for_a_reason_and_keeps_what_was_asked_until_there_is_one(client, unit, asked):
    signed_in(client, unit)

    link = page_of(client, unit)
    form = client.get(f"/mitra/{unit.slug}/pengecualian/{asked.pk}/").content.decode()
    blank = decide(client, asked, putusan="tolak", reason="   ", seen="waiting")

    assert f"/pengecualian/{asked.pk}/" in link
    assert asked.reason in form
    assert (blank.status_code, CapOverride.objects.get().standing) == (422, "waiting")
    assert "Tulis alasannya. Yang mengajukan akan membacanya." in blank.content.decode()
    done = decide(client, asked, reason=WHY, seen="waiting")
    assert (done.status_code, CapOverride.objects.get().withdrawn_reason) == (302, WHY)
    assert WHY in page_of(client, unit)


def test_who_asked_is_told_why_it_was_declined(unit, asker, asked):
    withdraw_exception(head_of(unit), exception=asked, reason=WHY, now=NOW)

    notice = Notice.objects.get()
    assert (notice.kind, notice.user) == ("partners.exception_declined", asker)
    assert notice.link == f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11#pengecualian"
    assert WHY in notice.body
    assert "Sri pada November 2026 boleh sampai Rp5.000.000" in notice.body


def test_who_asked_is_told_that_it_was_granted_and_that_it_was_taken_back(unit, asker, asked):
    grant_exception(head_of(unit), exception=asked, now=NOW)
    withdraw_exception(head_of(unit), exception=asked, reason=WHY, now=NOW)

    told = list(Notice.objects.order_by("pk"))
    assert [(one.kind, one.user) for one in told] == [
        ("partners.exception_granted", asker),
        ("partners.exception_withdrawn", asker),
    ]
    assert WHY in told[1].body


def test_who_takes_back_what_they_asked_for_is_told_nothing(unit):
    boss = MembershipFactory(unit=unit, role="kepala").user
    own = CapOverrideFactory(unit=unit, asked_by=boss)

    withdraw_exception(actor_for(boss), exception=own, reason=WHY, now=NOW)

    assert (CapOverride.objects.get().standing, Notice.objects.count()) == ("declined", 0)


def test_who_decides_is_told_of_what_is_asked(client, unit):
    boss = MembershipFactory(unit=unit, role="kepala").user
    MembershipFactory(unit=unit.parent, role="kepala")
    signed_in(client, unit, "ketua_tim", user__name="Budi")
    mitra = a_mitra(unit, "Sri")
    given = {
        "amount": "5000000",
        "reason": "Hanya satu mitra di kepulauan ini.",
        "file": SimpleUploadedFile("nota.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
    }

    client.post(f"/mitra/{unit.slug}/alokasi/{mitra.pk}/pengecualian/?bulan=2026-11", given)

    notice = Notice.objects.get()
    assert (notice.kind, notice.user) == ("partners.exception_asked", boss)
    assert "Budi mengajukan agar honor Sri pada November 2026 boleh sampai Rp5.000.000" in notice.body


def test_who_may_not_decide_sees_who_can_and_no_button(client, unit, asked):
    MembershipFactory(unit=unit, role="kepala", user__name="Wulan")
    MembershipFactory(unit=unit.parent, role="kepala", user__name="Provinsi")
    signed_in(client, unit, "ketua_tim")

    html = page_of(client, unit)

    assert "Yang dapat memutuskan: Wulan." in html
    assert "Setujui pengecualian" not in html
    assert f'/pengecualian/{asked.pk}/"' not in html


def test_who_asked_takes_back_what_waits_without_anybody_to_decide_it(client, unit, asker, asked):
    client.force_login(asker)
    shown = page_of(client, unit)
    form = client.get(f"/mitra/{unit.slug}/pengecualian/{asked.pk}/").content.decode()

    granted = decide(client, asked, putusan="setuju")
    taken = decide(client, asked, reason="Salah jumlah.", seen="waiting")

    assert "Batalkan pengajuan" in shown
    assert ("Batalkan pengajuan" in form, "Tolak pengecualian" in form) == (True, False)
    assert (granted.status_code, taken.status_code) == (403, 302)
    asked.refresh_from_db()
    assert (asked.standing, asked.withdrawn_by) == ("declined", asker)


def test_what_was_granted_or_asked_by_another_is_not_theirs_to_take_back(client, unit, asker, asked):
    others = CapOverrideFactory(unit=unit)
    grant_exception(head_of(unit), exception=asked, now=NOW)
    client.force_login(asker)

    refused = [decide(client, row, reason=WHY, seen="waiting").status_code for row in (others, asked)]

    assert refused == [403, 403]
    assert "Batalkan pengajuan" not in page_of(client, unit)


def test_who_asked_sees_who_else_can_decide(client, unit):
    boss = signed_in(client, unit, user__name="Wulan")
    own = CapOverrideFactory(unit=unit, asked_by=boss)

    alone = page_of(client, unit)
    MembershipFactory(unit=unit.parent, role="kepala", user__name="Made")
    with_another = page_of(client, unit)

    assert "Setujui pengecualian" not in alone
    assert "Belum ada orang lain yang dapat memutuskan." in alone
    assert "jadi orang lain yang memutuskan: Made." in with_another
    assert "Batalkan pengajuan" in with_another
    assert decide(client, own, reason="Salah jumlah.", seen="waiting").status_code == 302


def test_of_two_who_decide_at_once_the_second_is_told_and_loses_no_words(client, unit, asked):
    signed_in(client, unit)
    grant_exception(head_of(unit), exception=asked, now=NOW)

    late = decide(client, asked, reason=WHY, seen="waiting")
    withdraw_exception(head_of(unit), exception=asked, reason="Sudah selesai.", now=NOW)
    later = decide(client, asked, reason=WHY, seen="waiting")

    assert late.status_code == 409
    assert "Pengecualian ini sudah diputuskan." in late.content.decode()
    assert WHY in late.content.decode()
    assert later.status_code == 302
    assert f"Alasan yang Anda tulis tidak disimpan: {WHY}" in page_of(client, unit)
    assert CapOverride.objects.get().withdrawn_reason == "Sudah selesai."


def test_the_page_costs_the_same_for_one_exception_and_for_many(client, unit, django_assert_max_num_queries):
    signed_in(client, unit)
    counts = []
    for more in (1, 3):
        CapOverrideFactory.create_batch(more, unit=unit)
        page_of(client, unit)
        with django_assert_max_num_queries(80) as asked:
            page_of(client, unit)
        counts.append(len(asked))

    assert counts[0] == counts[1]
