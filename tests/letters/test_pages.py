"""The pages of letters, as people use them."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify

from halopst.audit.models import Entry
from halopst.letters.models import Batch, Letter, NumberPattern, NumberSeries, Signatory, Template
from halopst.letters.services.papers import fetch
from tests.accounts.factories import MembershipFactory
from tests.letters.esign_service import CODE, EMAIL, NIK, PASSPHRASE, settings_at
from tests.letters.factories import BatchFactory, BatchItemFactory, LetterFactory, SignatoryFactory
from tests.letters.kinds import contract
from tests.letters.test_issuing import content_of, make
from tests.letters.test_word import word

pytestmark = pytest.mark.django_db
KIND = "tests.contract"


@pytest.fixture
def lead(client, unit):
    """Someone of the office who makes letters, signed in."""
    member = MembershipFactory(unit=unit, role="ketua_tim")
    client.force_login(member.user)
    return client


@pytest.fixture
def admin(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    return client


def page(response):
    return response.content.decode()


def test_the_list_is_searched_and_filtered(lead, unit):
    shown, other = LetterFactory(unit=unit), LetterFactory(unit=unit, title="Surat tugas")
    LetterFactory()
    url = reverse("letters:letters")

    assert page(lead.get(url)).count("surat/") >= 2
    found = page(lead.get(url, {"q": "tugas"}))
    assert str(other.number) in found
    assert str(shown.number) not in found
    assert "Tidak ada surat yang cocok" in page(lead.get(url, {"keadaan": "void"}))


def test_the_list_costs_the_same_queries_at_one_and_three(lead, unit, django_assert_num_queries):
    LetterFactory(unit=unit)
    url = reverse("letters:letters")
    lead.get(url)
    with CaptureQueriesContext(connection) as one:
        lead.get(url)
    LetterFactory.create_batch(2, unit=unit)
    with django_assert_num_queries(len(one)):
        lead.get(url)


def test_a_letter_is_read_downloaded_and_moved(lead, clerk, unit):
    letter = make(clerk, unit)
    url = reverse("letters:letter", args=[letter.pk])
    seen = page(lead.get(url))
    assert letter.sha256 in seen
    assert "Rp1.048.000" in seen
    assert "Sri Contoh, 3578••••••••0001" in seen

    pdf = lead.get(reverse("letters:pdf", args=[letter.pk]))
    assert pdf.content == content_of(letter)
    named = f"B-001-{unit.code}0-VS.330-2026-{slugify(letter.title)}.pdf"
    assert f'filename="{named}"' in pdf.headers["Content-Disposition"]
    move = reverse("letters:move", args=[letter.pk])
    lead.post(move, {"aksi": "cetak"})
    letter.refresh_from_db()
    assert letter.state == "printed"
    lead.post(move, {"aksi": "batal", "reason": ""})
    letter.refresh_from_db()
    assert letter.state == "printed"
    lead.post(move, {"aksi": "batal", "reason": "Salah orang."})
    letter.refresh_from_db()
    assert letter.state == "void"
    assert "Surat ini batal: Salah orang. Nomornya" in page(lead.get(url))


def test_a_letter_sealed_with_another_key_still_opens(lead, clerk, unit, settings):
    letter = make(clerk, unit)
    settings.IDENTITY_KEY = "kunci lain"

    seen = page(lead.get(reverse("letters:letter", args=[letter.pk])))

    assert "Sri Contoh" in seen
    assert "0001" not in seen


def test_a_letter_without_a_word_template_says_so(lead, clerk, unit):
    response = lead.get(reverse("letters:word", args=[make(clerk, unit).pk]))
    assert response.status_code == 409
    assert "templat Word" in page(response)


def test_a_scan_is_handed_in(lead, clerk, unit, scan_of):
    letter = make(clerk, unit)
    url = reverse("letters:scan", args=[letter.pk])
    wrong = {"file": SimpleUploadedFile("a.pdf", b"bukan"), "signer": "Budi"}
    response = lead.post(url, wrong)
    assert response.status_code == 422
    assert "bukan PDF" in page(response)

    right = {"file": SimpleUploadedFile("a.pdf", scan_of(letter)), "signer": "Budi"}
    assert lead.post(url, right).status_code == 302
    letter.refresh_from_db()
    assert letter.state == "signed"
    signing = letter.signings.get()
    kept = lead.get(reverse("letters:signed-file", args=[letter.pk, signing.pk]))
    assert kept.content[:5] == b"%PDF-"


def test_the_letters_of_a_batch_are_listed_one_by_one(lead, unit):
    batch = BatchFactory(unit=unit, total=1, done=1, state="done")
    mine, other = LetterFactory(unit=unit, batch=batch), LetterFactory(unit=unit)
    link = f"{reverse('letters:letters')}?satker={unit.slug}&amp;borongan={batch.pk}"
    assert link in page(lead.get(reverse("letters:batch", args=[batch.pk])))

    listed = page(lead.get(link.replace("&amp;", "&")))

    assert (str(mine.number) in listed, str(other.number) in listed) == (True, False)
    assert "Tidak ada surat yang cocok" in page(lead.get(reverse("letters:letters"), {"borongan": "9" * 30}))


def test_a_batch_shows_how_far_it_is_and_what_to_mend(lead, unit):
    batch = BatchFactory(unit=unit, total=10, done=6, failed=1)
    BatchItemFactory(
        batch=batch,
        state="failed",
        label="Sri Contoh",
        error="Belum punya rekening.",
        repair_url="/mitra/",
    )
    seen = page(lead.get(reverse("letters:batch", args=[batch.pk])))
    assert "7 dari 10" in seen
    assert 'hx-trigger="every 2s"' in seen
    assert 'href="/mitra/"' in seen
    part = page(lead.get(reverse("letters:batch", args=[batch.pk]), headers={"HX-Request": "true"}))
    assert part.strip().startswith('<div id="kemajuan"')


def test_a_cancelled_batch_says_what_was_left_and_offers_it(lead, unit):
    batch = BatchFactory(unit=unit, total=10, done=3, failed=1, stopped=6, state="cancelled")
    BatchItemFactory(batch=batch, state="stopped", about="tests:7", label="Sri Contoh")
    address = reverse("letters:batch", args=[batch.pk])

    seen = page(lead.get(address))

    assert "4 dari 10" in seen
    assert "Dihentikan: 6 surat tidak dibuat dan belum memakai nomor." in seen
    assert "Buat sisanya" in seen
    assert "Yang perlu diperbaiki" not in seen
    assert "6 tidak dibuat" in page(lead.get(reverse("letters:letters"), {"satker": unit.slug}))
    lead.post(reverse("letters:move-batch", args=[batch.pk]), {"aksi": "ulang"})
    rest = Batch.objects.latest("pk")
    assert (rest.total, rest.items.get().about) == (1, "tests:7")
    LetterFactory(unit=unit, kind=batch.kind, about="tests:7")
    seen = page(lead.get(address))
    assert "Dihentikan; sisanya sudah dibuat dalam pembuatan lain." in seen
    assert "Buat sisanya" not in seen


def test_a_template_is_drafted_looked_at_and_published(admin, unit):
    url = reverse("letters:template", args=[unit.slug, KIND])
    assert page(admin.get(url)).count('src="data:image/png') == 1
    admin.post(url, {"body": "Isi #d.nomor", "aksi": "simpan"})
    draft = Template.objects.get(unit=unit, state="draft")
    assert draft.body == "Isi #d.nomor"

    response = admin.post(
        url, {"body": "satu\n#d.nilai_kontrak", "aksi": "terbit", "valid_from": "2026-12-01"}
    )
    assert response.status_code == 422
    assert "Baris 2: Isian “nilai_kontrak” tidak ada di jenis surat ini." in page(response)
    assert 'data-baris="2"' in page(response)
    admin.post(url, {"body": "Isi baru #d.nomor", "aksi": "terbit", "valid_from": "2026-12-01"})
    published = Template.objects.get(unit=unit, state="published", valid_from="2026-12-01")
    assert published.body == "Isi baru #d.nomor"
    assert "berlaku mulai 1 Desember 2026" in page(admin.get(reverse("letters:templates", args=[unit.slug])))

    admin.post(reverse("letters:withdraw", args=[unit.slug, KIND]))
    published.refresh_from_db()
    assert published.state == "withdrawn"


def test_a_preview_is_drawn_while_typing_and_saves_nothing(admin, unit):
    url = reverse("letters:preview", args=[unit.slug, KIND])
    before = Template.objects.count()
    part = page(admin.post(url, {"body": "#d.tak_ada"}))
    assert "Baris 1: Isian “tak_ada” tidak ada di jenis surat ini." in part
    assert "data:image/png" in page(admin.post(url, {"body": "#d.nomor"}))
    assert "kata “import” tidak dapat dipakai" in page(admin.post(url, {"body": '#import "x"'}))
    assert Template.objects.count() == before


def test_a_preview_can_be_filled_with_the_latest_letter(admin, unit):
    url = reverse("letters:template", args=[unit.slug, KIND])
    assert "Surat terakhir" not in page(admin.get(url))
    LetterFactory(unit=unit)
    LetterFactory(data=contract(ppk="Orang lain"))
    real, example = page(admin.get(url, {"isi": "surat"})), page(admin.get(url))
    assert 'name="isi" value="surat"' in real
    assert 'name="isi"' not in example
    assert "data:image/png" in real


def test_a_draft_keeps_the_word_form_until_another_is_given(admin, unit):
    content = word("Nomor {{ nomor }}")
    url = reverse("letters:template", args=[unit.slug, KIND])
    upload = SimpleUploadedFile("a.docx", content)
    admin.post(url, {"body": "#d.nomor", "aksi": "terbit", "word": upload, "valid_from": "2026-11-01"})
    admin.post(url, {"body": "Baru #d.nomor", "aksi": "simpan"})
    assert bytes(Template.objects.get(unit=unit, state="draft").word) == content

    faulty = admin.post(url, {"body": "x", "word": SimpleUploadedFile("a.docx", b"bukan")})
    assert faulty.status_code == 422
    assert "bukan dokumen Word" in page(faulty)


@pytest.fixture
def gateway(gateway, settings):
    settings.ESIGN = settings_at(gateway.address)
    return gateway


def test_a_letter_is_signed_at_the_gateway(lead, clerk, unit, gateway):
    letter = make(clerk, unit)
    url = reverse("letters:esign", args=[letter.pk])
    assert "Frasa sandi" in page(lead.get(url))
    given = {"signer": "Budi Contoh", "identity": NIK, "passphrase": PASSPHRASE, "visible": "on"}
    for wrong, status, words in (
        ({"passphrase": "salah-sekali"}, 422, "Frasa sandi tidak cocok"),
        ({"passphrase": ""}, 422, "Frasa sandi"),
        ({"identity": "357801"}, 422, "NIK 16 angka"),
        ({"identity": "budi@"}, 422, "surel"),
        ({"identity": "3578010101800009"}, 422, "tidak dikenal BSrE"),
        ({"identity": "3578010101800002"}, 409, "kedaluwarsa"),
        ({"signer": "Orang Lain"}, 422, "tidak ditemukan di surat ini"),
    ):
        answer = lead.post(url, {**given, **wrong})
        assert (answer.status_code, words in page(answer)) == (status, True), wrong
        assert not [one for one in (PASSPHRASE, "salah-sekali") if one in page(answer)]

    assert lead.post(url, given).status_code == 302

    letter.refresh_from_db()
    assert letter.state == "signed"
    assert "Diperiksa BSrE: utuh, sertifikat atas nama BUDI CONTOH." in page(
        lead.get(reverse("letters:letter", args=[letter.pk]))
    )


def test_a_certificate_of_another_name_asks_for_a_word_first(lead, clerk, unit, gateway):
    letter = make(clerk, unit)
    url = reverse("letters:esign", args=[letter.pk])
    given = {"signer": "Sri Wahyuni", "identity": NIK, "passphrase": PASSPHRASE}
    tick = "Pemilik sertifikat ini adalah penanda tangan surat"
    assert tick not in page(lead.get(url))

    refused = lead.post(url, given)

    assert refused.status_code == 409
    assert "atas nama BUDI CONTOH, penanda tangan surat ini Sri Wahyuni" in page(refused)
    assert tick in page(refused)
    assert PASSPHRASE not in page(refused)
    assert lead.post(url, {**given, "confirmed": "on"}).status_code == 302
    assert letter.signings.get().certified_name == "BUDI CONTOH"


def test_a_certificate_is_looked_up_and_a_code_asked_for_on_the_page(lead, clerk, unit, gateway, settings):
    settings.ESIGN["terms"]["asks_totp"] = True
    letter = make(clerk, unit)
    url = reverse("letters:esign", args=[letter.pk])
    assert "Minta kode" in page(lead.get(url))
    active = lead.post(url, {"identity": EMAIL, "aksi": "periksa"})
    assert "Sertifikat elektronik orang ini aktif." in page(active)
    revoked = lead.post(url, {"identity": "3578010101800003", "aksi": "periksa"})
    assert "sudah dicabut" in page(revoked)
    assert "Kode TOTP dikirim" in page(lead.post(url, {"identity": EMAIL, "aksi": "kode"}))
    given = {"signer": "Budi Contoh", "identity": EMAIL}
    assert "Kode TOTP tidak cocok" in page(lead.post(url, {**given, "totp": "000000"}))
    assert lead.post(url, {**given, "totp": CODE}).status_code == 302
    assert letter.signings.get().method == "bsre"


def test_a_signed_file_is_checked_on_a_page(lead, clerk, unit, gateway):
    letter = make(clerk, unit)
    given = {"signer": "Budi Contoh", "identity": NIK, "passphrase": PASSPHRASE}
    lead.post(reverse("letters:esign", args=[letter.pk]), given)
    signed = fetch(letter.signings.get().file)
    url = reverse("letters:check-signature")

    def check(content):
        return page(lead.post(url, {"file": SimpleUploadedFile("surat.pdf", content)}))

    assert "Periksa tanda tangan" in page(lead.get(reverse("letters:letters")))
    whole = check(signed)
    assert [word for word in ("BUDI CONTOH", "20 November 2026", "Utuh", str(letter.number)) if word in whole]
    assert "jangan pakai berkas ini" in check(signed + b" ")
    assert "tidak memuat tanda tangan elektronik" in check(fetch(letter.file))
    assert "bukan PDF yang dapat dibaca" in check(b"teks")
    assert lead.post(url, {}).status_code == 422
    gateway.broken = (500, b"{}")
    assert "tidak dapat dihubungi" in check(signed)


def test_who_reads_no_letters_checks_none(client, gateway):
    client.force_login(MembershipFactory(role="petugas").user)
    assert client.get(reverse("letters:check-signature")).status_code == 403


def test_a_pattern_is_set_and_older_numbers_are_entered(admin, unit):
    url = reverse("letters:pattern", args=[unit.slug])
    values = {
        "kind": KIND,
        "counter": "SPK",
        "pattern": "{urut:04}/SPK/{tahun}",
        "grade": "B",
        "resets": "yearly",
        "valid_from": "2026-06-01",
        "basis": "SK Kepala",
    }
    refused = admin.post(url, values)
    assert refused.status_code == 422
    assert "{sisip}" in page(refused)
    admin.post(url, {**values, "pattern": "{urut:04}{sisip}/SPK/{tahun}"})
    assert NumberPattern.objects.filter(unit=unit, pattern="{urut:04}{sisip}/SPK/{tahun}").exists()

    old = reverse("letters:old-numbers", args=[unit.slug])
    assert admin.post(old, {"kind": KIND, "lines": "0007/SPK/2026"}).status_code == 422
    admin.post(old, {"kind": KIND, "lines": "0007/SPK/2026;2026-07-01;Kontrak Juli"})
    seen = page(admin.get(reverse("letters:numbers", args=[unit.slug])))
    assert re.search(r">\s*7\s*<", seen)
    in_force = seen[seen.index("Pola yang berlaku hari ini") : seen.index("Pola satker ini")]
    assert in_force.count("<code") == 1
    assert "{urut:04}{sisip}/SPK/{tahun}" in in_force
    assert re.search(r"SPK ·\s+milik satker ini", in_force)


def test_signatories_follow_each_other(admin, unit):
    first = SignatoryFactory(unit=unit)
    url = reverse("letters:signatories", args=[unit.slug])
    values = {
        "role": "ppk",
        "name": "Ani Contoh",
        "nip": "19850101 201001 2 001",
        "title": "Pejabat Pembuat Komitmen",
        "first_day": "2026-12-01",
        "basis": "SK-13/2026",
    }
    assert admin.post(url, values).status_code == 409
    admin.post(reverse("letters:end-signatory", args=[unit.slug, first.pk]), {"last_day": "2026-11-30"})
    assert admin.post(url, values).status_code == 302
    assert Signatory.objects.get(name="Ani Contoh").nip == "198501012010012001"
    assert "Ani Contoh" in page(admin.get(url))


def test_the_last_day_of_who_still_signs_is_put_right_that_of_the_past_stays(admin, unit):
    url, today = reverse("letters:signatories", args=[unit.slug]), timezone.localdate()
    acting = SignatoryFactory(unit=unit, period=(today, today + timedelta(days=9)))
    shown = page(admin.get(url))
    assert "Ubah hari terakhir" in shown
    assert f'value="{today + timedelta(days=8)}"' in shown

    admin.post(reverse("letters:end-signatory", args=[unit.slug, acting.pk]), {"last_day": today.isoformat()})

    acting.refresh_from_db()
    assert acting.last_day == today
    Signatory.objects.filter(pk=acting.pk).update(period=(date(2020, 1, 1), date(2020, 2, 1)))
    shown = page(admin.get(url))
    assert "Ubah hari terakhir" not in shown
    assert "Akhiri masa jabatan" not in shown


def test_a_signatory_typed_wrongly_is_put_right_and_what_is_wrong_is_said(admin, unit):
    typed = SignatoryFactory(unit=unit, name="Budo Contoh", nip="198001012005011001")
    url = reverse("letters:correct-signatory", args=[unit.slug, typed.pk])
    assert url in page(admin.get(reverse("letters:signatories", args=[unit.slug])))
    assert "Budo Contoh" in page(admin.get(url))
    values = {"name": "Budi Contoh, S.ST.", "nip": "123", "title": "PPK", "basis": "SK-13/2026"}

    refused = admin.post(url, values)
    assert refused.status_code == 422
    assert "NIP terdiri dari 18 angka." in page(refused)
    assert "Budi Contoh, S.ST." in page(refused)
    assert admin.post(url, {**values, "nip": "19900101 201503 1 001"}).status_code == 302

    row = Signatory.objects.get(pk=typed.pk)
    assert (row.name, row.nip, row.basis) == ("Budi Contoh, S.ST.", "199001012015031001", "SK-13/2026")
    assert (row.role, row.period) == (typed.role, typed.period)
    told = Entry.objects.get(action="letters.signatory-corrected")
    assert told.details == {"role": row.role, "fields": ["basis", "name", "nip", "title"]}
    admin.post(url, {**values, "nip": row.nip})
    assert Entry.objects.filter(action="letters.signatory-corrected").count() == 1


def test_anyone_may_verify_a_letter_and_compare_a_file(client, clerk, unit):
    letter = make(clerk, unit)
    url = reverse("letters:verify", args=[letter.token])
    assert url == f"/verifikasi/{letter.token}"
    seen = page(client.get(url))
    assert "Surat ini asli dan berlaku" in seen
    assert str(letter.number) in seen
    assert "S.C., B.C." in seen
    assert "Sri" not in seen
    assert letter.sha256 not in seen

    same = client.post(url, {"file": SimpleUploadedFile("a.pdf", content_of(letter))})
    assert "sama persis" in page(same)
    other = client.post(url, {"file": SimpleUploadedFile("a.pdf", content_of(letter) + b" ")})
    assert "Berkas Anda berbeda" in page(other)
    assert client.post(url, {}).status_code == 422
    for content, said in (
        (b"bukan surat", "bukan PDF"),
        (b"%PDF-" + b" " * 21_000_000, "Paling besar 20 MB"),
    ):
        refused = client.post(url, {"file": SimpleUploadedFile("a.pdf", content)})
        assert (refused.status_code, said in page(refused)) == (422, True)


def test_a_code_nobody_gave_is_not_to_be_trusted(client):
    response = client.get("/verifikasi/AbCdEfGhIjKlMnOpQrStUv")
    assert response.status_code == 404
    assert "jangan dipercaya dulu" in page(response)


def test_a_letter_being_prepared_has_nothing_to_verify(client):
    letter = LetterFactory(state=Letter.State.DRAFT, file="", sha256="", final_at=None)
    assert client.get(reverse("letters:verify", args=[letter.token])).status_code == 404


def test_of_two_who_write_a_text_the_second_sees_the_newer_beside_their_own(admin, unit):
    url = reverse("letters:template", args=[unit.slug, KIND])
    version = re.compile(r'name="version" value="([^"]+)"')
    shown = version.search(admin.get(url).content.decode())[1]
    first = admin.post(url, {"body": "Naskah pertama #d.nomor", "aksi": "simpan", "version": shown})

    told = admin.post(url, {"body": "Naskah kedua #d.nomor", "aksi": "terbit", "version": shown})
    html = told.content.decode()
    newer = version.search(html)[1]
    again = admin.post(url, {"body": "Naskah kedua #d.nomor", "aksi": "simpan", "version": newer})

    assert (first.status_code, told.status_code, again.status_code) == (302, 409, 302)
    assert "Baru saja diubah orang lain" in html
    assert re.search(r"Naskah kedua #d.nomor</textarea>", html)
    assert "Kini tersimpan: Naskah pertama #d.nomor." in html
    assert Template.objects.get(unit=unit, state=Template.State.DRAFT).body == "Naskah kedua #d.nomor"


def test_who_only_makes_letters_sees_who_signs_and_whom_to_ask(lead, unit):
    SignatoryFactory(unit=unit, name="Ani Contoh")
    url = reverse("letters:signatories", args=[unit.slug])

    shown = page(lead.get(url))

    assert "Ani Contoh" in shown
    assert "minta admin melengkapinya" in shown
    assert "Akhiri masa jabatan" not in shown
    assert lead.post(url, {"name": "Budi"}).status_code == 403


def test_who_may_not_change_texts_and_numbers_reads_them_and_whom_to_ask(lead, unit, clerk):
    make(clerk, unit)
    series = NumberSeries.objects.get(unit=unit)
    shown = {
        name: page(lead.get(reverse(f"letters:{name}", args=[unit.slug, *more])))
        for name, more in [
            ("templates", ()),
            ("template", (KIND,)),
            ("numbers", ()),
            ("book", (series.pk,)),
            ("classifications", ()),
        ]
    }

    main = {name: text.split("<main", 1)[1] for name, text in shown.items()}
    for name in ("templates", "template", "numbers", "classifications"):
        assert "ialah admin satker" in main[name]
    assert not [name for name, text in main.items() if 'method="post"' in text]
    assert escape(Template.objects.get(kind=KIND).body[:40]) in main["template"]
    assert "<textarea" not in main["template"]
    assert "Baca" in main["templates"]
    assert "Pola baru" not in main["numbers"]
    assert str(Letter.objects.get().number) in main["book"]
    written = Template.objects.count()
    sent = lead.post(reverse("letters:template", args=[unit.slug, KIND]), {"body": "x", "aksi": "simpan"})
    assert (sent.status_code, Template.objects.count()) == (403, written)


def test_a_text_that_cannot_be_published_is_refused_beside_its_field_and_mended_in_the_next_press(
    admin, unit
):
    url = reverse("letters:template", args=[unit.slug, KIND])
    version = re.compile(r'name="version" value="([^"]+)"')

    def publish(body, shown, day="2027-01-04"):
        given = {"body": body, "aksi": "terbit", "valid_from": day, "version": shown}
        answer = admin.post(url, given)
        return answer, version.search(page(answer)) and version.search(page(answer))[1]

    first, _shown = publish("Satu #d.nomor", version.search(page(admin.get(url)))[1])
    twice, shown = publish("Dua #d.nomor", version.search(page(admin.get(url)))[1])
    faulty, shown = publish("Dua #d.salah", shown, "2027-01-05")
    mended, _shown = publish("Dua #d.nomor", shown, "2027-01-05")

    assert [answer.status_code for answer in (first, twice, faulty, mended)] == [302, 422, 422, 302]
    assert list(twice.context["form"].errors) == ["valid_from"]
    assert list(faulty.context["form"].errors) == ["body"]
    assert Template.objects.get(unit=unit, valid_from=date(2027, 1, 5)).body == "Dua #d.nomor"


def test_who_edits_again_begins_with_the_text_that_is_to_come(admin, unit):
    url = reverse("letters:template", args=[unit.slug, KIND])
    admin.post(url, {"body": "Tahun depan #d.nomor", "aksi": "terbit", "valid_from": "2027-01-04"})

    shown = page(admin.get(url))

    assert "Tahun depan #d.nomor" in shown
    assert "berlaku mulai 4 Januari 2027" in " ".join(shown.split("<textarea")[0].split())


def test_back_to_the_text_of_everyone_a_draft_too(admin, unit):
    url = reverse("letters:template", args=[unit.slug, KIND])
    Template.objects.filter(unit=unit).update(state="withdrawn")
    admin.post(url, {"body": "Pertama #d.nomor", "aksi": "terbit", "valid_from": "2027-01-04"})
    admin.post(url, {"body": "Konsep #d.nomor", "aksi": "simpan"})

    thrown = admin.post(reverse("letters:discard", args=[unit.slug, KIND]), follow=True)
    nothing = admin.post(reverse("letters:discard", args=[unit.slug, KIND]))
    pulled = admin.post(reverse("letters:withdraw", args=[unit.slug, KIND]), follow=True)

    assert "Konsep dibuang" in page(thrown)
    assert (nothing.status_code, Template.objects.filter(unit=unit, state="draft").exists()) == (409, False)
    assert "satker ini memakai naskah bawaan lagi" in page(pulled)
    assert Entry.objects.filter(action="letters.template-discarded").count() == 1
