"""One scan of many signed letters: every page finds its letter, what does not is named."""

from io import BytesIO

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.letters.models import Letter, ScanStack, Signing
from halopst.letters.services import give_stack, read_stack
from halopst.letters.services.refusals import NotAPdf, SignerMissing
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import NOW, office
from tests.letters.papers import content_of
from tests.letters.test_issuing import make
from tests.races import all_at_once


def joined(*scans):
    with pikepdf.new() as stack:
        for scan in scans:
            with pikepdf.open(BytesIO(scan)) as paper:
                stack.pages.extend(paper.pages)
        made = BytesIO()
        stack.save(made)
    return made.getvalue()


def given(clerk, unit, *scans):
    return give_stack(clerk, unit=unit, content=joined(*scans), signer="Budi Contoh", now=NOW)


def found(stack):
    rows = stack.findings.order_by("first_page").values_list("first_page", "letter__about", "fault")
    return [(page, about, fault.split(".")[0]) for page, about, fault in rows]


def test_each_letter_gets_its_pages_and_what_is_no_letter_of_ours_is_named(clerk, unit, scan_of):
    one, two = make(clerk, unit), make(clerk, unit, about="tests:2")
    other = office()
    foreign = make(Actor(grants={"letters.issue": frozenset({other.pk})}), other, about="tests:3")
    stack = given(clerk, unit, scan_of(one), scan_of(foreign), scan_of(one, blank=True), scan_of(two))

    assert read_stack(stack.pk, now=NOW) is False

    assert found(stack) == [
        (1, "tests:1", ""),
        (2, None, "Kode QR bukan milik surat satker ini"),
        (3, None, "Kode QR tidak terbaca"),
        (4, "tests:2", ""),
    ]
    assert set(Letter.objects.values_list("about", "state")) == {
        ("tests:1", "signed"),
        ("tests:2", "signed"),
        ("tests:3", "final"),
    }
    signing = Signing.objects.get(letter=two)
    assert (signing.pages, signing.number_was_read, signing.signer) == (1, True, "Budi Contoh")
    stack.refresh_from_db()
    assert (stack.state, stack.file) == ("done", "")


def test_a_letter_with_too_many_pages_or_signed_before_says_so(clerk, unit, scan_of, client):
    one, two = make(clerk, unit), make(clerk, unit, about="tests:2")
    read_stack(given(clerk, unit, scan_of(one)).pk, now=NOW)
    again = given(clerk, unit, scan_of(one), scan_of(two, pages=2))

    read_stack(again.pk, now=NOW)

    assert [about for _page, about, _fault in found(again)] == ["tests:1", "tests:2"]
    assert "2 halaman, surat ini 1 halaman" in again.findings.last().fault
    assert Signing.objects.count() == 1
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    page = " ".join(client.get(f"/surat/pindaian/{unit.slug}/{again.pk}/").content.decode().split())
    assert "Halaman 1 </b>" in page
    assert f'Halaman 2 sampai 3 </b> · <span class="num nowrap">{two.number}</span>' in page


def test_a_reader_that_stops_is_followed_by_one_who_goes_on(
    clerk, unit, scan_of, django_capture_on_commit_callbacks
):
    letters = [make(clerk, unit, about=f"tests:{n}") for n in range(3)]
    stack = given(clerk, unit, *(scan_of(letter) for letter in letters))
    turns = iter([True, False])

    assert read_stack(stack.pk, now=NOW, goes_on=lambda: next(turns)) is True
    assert Signing.objects.count() == 1
    assert default_storage.exists(stack.file)
    with django_capture_on_commit_callbacks(execute=True):
        assert read_stack(stack.pk, now=NOW) is False
    assert [page for page, _about, fault in found(stack) if not fault] == [1, 2, 3]
    assert not default_storage.exists(stack.file)


@pytest.mark.django_db(transaction=True)
def test_two_readers_of_one_stack_sign_each_letter_once(scan_of):
    unit = office()
    clerk = Actor(grants={"letters.issue": frozenset({unit.pk})})
    letters = [make(clerk, unit, about=f"tests:{n}") for n in range(4)]
    stack = given(clerk, unit, *(scan_of(letter) for letter in letters))

    outcomes = all_at_once(*[lambda: read_stack(stack.pk, now=NOW)] * 2)
    while read_stack(stack.pk, now=NOW):
        pass

    assert outcomes == [False, False]
    assert (Signing.objects.count(), stack.findings.filter(fault="").count()) == (4, 4)


def test_a_stack_is_a_pdf_from_someone_who_may_sign(clerk, unit, scan_of):
    scan = scan_of(make(clerk, unit))
    with pytest.raises(NotAPdf):
        give_stack(clerk, unit=unit, content=b"bukan", signer="Budi", now=NOW)
    with pytest.raises(SignerMissing):
        give_stack(clerk, unit=unit, content=scan, signer=" ", now=NOW)
    with pytest.raises(NotPermitted):
        give_stack(Actor(), unit=unit, content=scan, signer="Budi", now=NOW)
    assert ScanStack.objects.count() == 0


def test_a_letter_nobody_printed_is_not_signed_by_its_own_file(clerk, unit):
    letter = make(clerk, unit)
    stack = given(clerk, unit, content_of(letter))

    read_stack(stack.pk, now=NOW)

    assert found(stack) == [(1, None, "Kode QR tidak terbaca")]


def test_it_is_handed_in_on_a_page_and_followed_there(client, unit, clerk, scan_of, run_jobs):
    letter = make(clerk, unit)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/surat/pindaian/{unit.slug}/"

    refused = client.post(url, {"file": SimpleUploadedFile("a.pdf", b"bukan"), "signer": "Budi"})
    taken = client.post(url, {"file": SimpleUploadedFile("a.pdf", scan_of(letter)), "signer": "Budi"})
    before = client.get(taken["Location"]).content.decode()
    run_jobs()
    after = client.get(taken["Location"]).content.decode()

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "bukan PDF" in refused.content.decode()
    assert 'hx-trigger="every 2s"' in before
    assert "1 surat ditandatangani" in after
    assert 'hx-trigger="every 2s"' not in after
