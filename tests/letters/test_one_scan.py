"""The scan of one letter: what is seen on its pages counts, be they pictures or drawn."""

from io import BytesIO

import pikepdf
import pytest

from halopst.letters.rendering.press import Drawer
from halopst.letters.services import upload_scan
from halopst.letters.services.refusals import NotAPdf, NotYetSigned, ScanOfAnother, ScanUnread
from tests.letters.factories import NOW
from tests.letters.papers import content_of
from tests.letters.test_issuing import make

INK = b"q 2 w 60 200 m 130 260 l 200 200 l S Q"
WHITE = b"q 1 g 0 0 600 850 re f Q"


def written_over(content, marks, *, signed=False):
    """As another program saves this PDF, with marks over its first page; `signed` as e-signers leave it."""
    made = BytesIO()
    with pikepdf.open(BytesIO(content)) as paper:
        page = paper.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
        font.BaseFont = pikepdf.Name.Helvetica
        page.add_resource(font, pikepdf.Name.Font, pikepdf.Name("/F1"))
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q " + marks)
        if signed:
            paper.Root.Sig = pikepdf.Dictionary(ByteRange=[0, 1, 2, 3])
        paper.save(made)
    return made.getvalue()


def words_unseen(letter):
    """Its number and its address, in text that is there for programs alone."""
    said = f"{letter.number} /verifikasi/{letter.token}".encode()
    return b"BT /F1 9 Tf 3 Tr 50 50 Td (" + said + b") Tj ET"


def given(clerk, letter, content, *, compared=False):
    return upload_scan(clerk, letter, content=content, signer="Budi", compared=compared, now=NOW)


def test_a_page_that_was_never_printed_is_read_as_it_is_seen(clerk, unit):
    one, other = make(clerk, unit), make(clerk, unit, about="tests:2")
    with pytest.raises(ScanOfAnother):
        given(clerk, one, written_over(content_of(other), INK), compared=True)

    made = given(clerk, one, written_over(content_of(one), INK))

    assert (made.number_was_read, made.pages) == (True, 1)


def test_the_unsigned_letter_saved_anew_by_another_program_is_no_scan(clerk, unit):
    letter = make(clerk, unit)
    with pytest.raises(NotYetSigned):
        given(clerk, letter, written_over(content_of(letter), b""), compared=True)

    assert given(clerk, letter, written_over(content_of(letter), b"", signed=True)).number_was_read


def test_a_drawing_over_another_letters_scan_does_not_hide_whose_it_is(clerk, unit, scan_of):
    one, other = make(clerk, unit), make(clerk, unit, about="tests:2")

    with pytest.raises(ScanOfAnother):
        given(clerk, one, written_over(scan_of(other), INK + words_unseen(one)), compared=True)


def test_what_nobody_sees_on_a_page_proves_nothing(clerk, unit, scan_of):
    letter = make(clerk, unit)
    unseen = words_unseen(letter)
    covered = [
        written_over(scan_of(letter, blank=True), unseen),
        written_over(scan_of(letter), WHITE + unseen),
        written_over(content_of(letter), WHITE + unseen),
    ]

    for content in covered:
        with pytest.raises(ScanUnread):
            given(clerk, letter, content)


def test_a_pdf_locked_with_a_password_is_refused_as_unreadable(clerk, unit, scan_of):
    letter, locked = make(clerk, unit), BytesIO()
    with pikepdf.open(BytesIO(scan_of(letter))) as paper:
        paper.save(locked, encryption=pikepdf.Encryption(user="rahasia", owner="rahasia"))

    with pytest.raises(NotAPdf):
        given(clerk, letter, locked.getvalue(), compared=True)


def test_what_drew_a_page_is_gone_when_the_file_is_checked(clerk, unit, monkeypatch):
    begun = []
    running = Drawer._running

    def noted(drawer):
        child = running(drawer)
        begun.append(child)
        return child

    monkeypatch.setattr(Drawer, "_running", noted)
    letter = make(clerk, unit)

    given(clerk, letter, written_over(content_of(letter), INK))

    assert len({child.pid for child in begun}) == 1
    assert begun[0].poll() is not None


def test_a_page_too_large_to_draw_waits_for_the_officers_word(clerk, unit, monkeypatch):
    monkeypatch.setattr("halopst.letters.rendering.codes.LARGEST_DRAWN", 1_000)
    letter = make(clerk, unit)
    content = written_over(content_of(letter), INK)
    with pytest.raises(ScanUnread):
        given(clerk, letter, content)

    assert not given(clerk, letter, content, compared=True).number_was_read
