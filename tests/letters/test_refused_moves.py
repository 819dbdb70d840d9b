"""Every step the table of moves lacks is refused in a sentence, on the page and for programs alike."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from halopst.audit.models import Entry
from halopst.letters.models import Letter
from halopst.letters.rules import MOVES, State, Verb, is_ahead, is_behind
from halopst.letters.services import annul
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import NOW, LetterFactory
from tests.letters.test_issuing import content_of, make

pytestmark = pytest.mark.django_db
PAGES = {
    Verb.PRINT: "cetak",
    Verb.HAND_OVER: "serah",
    Verb.PAY: "bayar",
    Verb.ANNUL: "batal",
    Verb.REPLACE: "ganti",
}
PROGRAMS = {
    Verb.PRINT: "print",
    Verb.HAND_OVER: "hand-over",
    Verb.PAY: "pay",
    Verb.ANNUL: "annul",
    Verb.REPLACE: "replace",
}
OF_ITS_OWNER = {
    Verb.HAND_OVER: "Perjanjian berstatus diserahterimakan",
    Verb.PAY: "Surat ini berstatus dibayar setelah",
}
REFUSED = [(state, verb) for state in State for verb in PAGES if (state, verb) not in MOVES]


def letter_in(state, unit, kind):
    given = {"reason": "Salah orang"} if state in {State.VOID, State.OUTDATED} else {}
    if state is State.REPLACED:
        given["replaced_by"] = LetterFactory(unit=unit)
    return LetterFactory(unit=unit, kind=kind, state=state, **given)


@pytest.mark.parametrize("kind", ["tests.contract", "partners.contract"])
@pytest.mark.parametrize(("state", "verb"), REFUSED)
def test_a_step_that_cannot_be_taken_says_from_where_and_changes_nothing(client, unit, state, verb, kind):
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    letter = letter_in(state, unit, kind)
    heard = Entry.objects.count()

    page = client.post(reverse("letters:move", args=[letter.pk]), {"aksi": PAGES[verb], "reason": "Keliru"})
    program = client.post(
        f"/api/v1/letters/{letter.pk}/{PROGRAMS[verb]}",
        {"reason": "Keliru"},
        content_type="application/json",
        headers={"Idempotency-Key": "langkah-keliru"},
    )

    said = f"Surat ini berstatus “{letter.get_state_display()}”, jadi tidak dapat "
    if kind == "partners.contract" and is_ahead(state, verb) and verb in OF_ITS_OWNER:
        said = OF_ITS_OWNER[verb]
    assert (page.status_code, program.status_code) == (409, 409)
    assert said in page.content.decode()
    assert program.json()["title"].startswith(said)
    assert program.json()["title"].endswith(" lagi.") == is_behind(state, verb)
    assert Letter.objects.get(pk=letter.pk).state == state
    assert Entry.objects.count() == heard


def test_the_right_file_of_a_letter_that_no_longer_holds_is_not_called_good(client, clerk, unit):
    letter = make(clerk, unit)
    url = reverse("letters:verify", args=[letter.token])

    def compared():
        file = SimpleUploadedFile("surat.pdf", content_of(letter))
        return client.post(url, {"file": file}).content.decode()

    assert "yang kami simpan." in compared()
    annul(clerk, letter, reason="Salah orang", now=NOW)
    told = compared()
    assert "tetapi surat ini sudah dibatalkan. Jangan dipakai lagi." in told
    assert "yang kami simpan." not in told
