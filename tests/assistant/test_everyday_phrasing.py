"""Everyday questions put as texts would put them, before texts are searched."""

from datetime import date

import pytest

from halopst.assistant.rules.question.english_definitions import meaning_asked
from halopst.assistant.rules.question.everyday_phrasing import (
    formal,
    made_of,
    names_anything,
    says_of_what,
    who_pays_nothing,
)
from halopst.assistant.rules.question.introductions import without_introduction


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("bedanya P0 sama P1 apa", "bedanya P0 dan P1 apa"),
        ("rata-rata lama menginap itu apa ya?", "apa itu rata-rata lama menginap"),
        ("definisi penganggur menurut BPS", "definisi penganggur"),
        ("gimana cara bikin janji", "gimana cara membuat janji"),
        ("IPM 68,5 masuk kategori apa", "IPM termasuk kategori apa"),
        ("menurut BPS", "menurut BPS"),
        ("Apa itu inflasi?", "Apa itu inflasi?"),
        ("kerja sama dengan kampus", "kerja sama dengan kampus"),
        ("deflasi tuh apaan sih", "apa itu deflasi"),
        ("TPAK itu singkatan dari apa?", "apa itu TPAK"),
        ("kepanjangan IPM", "apa itu IPM"),
        ("siapa yang disebut setengah penganggur", "apa itu setengah penganggur"),
        ("kapan orang dianggap bekerja", "apa itu bekerja"),
        ("indeks gini artinya apa", "apa itu gini ratio"),
        ("IPM 68 artinya apa", "apa itu IPM"),
        ("IPM di atas 80 artinya apa", "apa itu IPM di atas 80"),
        ("anak kuliah dpt apa", "mahasiswa dapat apa"),
    ],
)
def test_everyday_questions_are_put_as_texts_put_them(said, meant):
    assert formal(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("What is inflation?", "apa itu inflasi"),
        ("what's the Gini ratio", "apa itu gini ratio"),
        ("What are the poverty line and CPI", "apa itu garis kemiskinan dan indeks harga konsumen"),
        ("what does GRDP mean?", "apa itu produk domestik regional bruto"),
        ("Could you please explain the human development index?", "apa itu indeks pembangunan manusia"),
        ("what is meant by farmers terms of trade", "apa itu nilai tukar petani"),
        ("how is inflation measured?", "bagaimana cara menghitung inflasi"),
        ("How do I read the Gini ratio?", "bagaimana cara membaca gini ratio"),
        (
            "what is the difference between inflation and CPI?",
            "apa perbedaan inflasi dan indeks harga konsumen",
        ),
        ("how does inflation differ from CPI", "apa perbedaan inflasi dan indeks harga konsumen"),
        ("What is the unemployment rate?", ""),
        ("what is the population", ""),
        ("what is inflation in Indonesia", ""),
        ("what is the latest inflation", ""),
        ("what is inflation this month?", ""),
        ("what was inflation in October 2026", ""),
        ("what is the highest poverty rate", ""),
        ("what is your phone number", ""),
        ("how much inflation", ""),
        ("Apa itu inflasi?", ""),
    ],
)
def test_an_english_question_for_a_meaning_is_put_as_our_texts_are(said, meant):
    assert meaning_asked(said, date(2026, 11, 20)) == meant


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Nama saya Budi, apa itu inflasi?", "apa itu inflasi?"),
        ("NIK saya [nomor identitas], apa itu inflasi?", "apa itu inflasi?"),
        ("email saya budi@contoh.id. Berapa IPM Gresik?", "Berapa IPM Gresik?"),
        ("no hp saya 0812, saya Budi dari Unair, apa itu NTP", "apa itu NTP"),
        ("Selamat pagi, perkenalkan saya Rina mahasiswa Unair. Apa itu inflasi?", "Apa itu inflasi?"),
        ("My name is John, what is inflation?", "what is inflation?"),
        (
            "Nama saya Budi Santoso, HP 0812-3456-7890, email budi@contoh.id. Apa itu inflasi?",
            "Apa itu inflasi?",
        ),
        ("Apa itu inflasi? HP saya 0812 3456 7890", "Apa itu inflasi?"),
        ("Saya Laras Sekar 0812-3456-7890. Apa itu inflasi?", "Apa itu inflasi?"),
        ("halo, saya Laras, apa itu inflasi?", "apa itu inflasi?"),
        ("Saya Butuh Data Inflasi, Kota Malang 2024", ""),
        ("Saya kira Jember, Malang, dan Gresik naik", ""),
        ("Apa itu inflasi? tolong kirim ke budi@contoh.id ya, makasih", "Apa itu inflasi? makasih"),
        ("IPM Gresik 2,5 tahun lalu, balas ke [surel]", "IPM Gresik 2,5 tahun lalu,"),
        ("kirim inflasi 2024 ke budi@contoh.id", ""),
        ("Balas ke budi@contoh.id", ""),
        ("email kantor: bps3578@bps.go.id?", ""),
        ("saya mau data kemiskinan dari Surabaya, tahun 2024", ""),
        ("saya butuh angka dari Jember, Malang, dan Gresik", ""),
        ("Selamat pagi, berapa IPM Surabaya?", "berapa IPM Surabaya?"),
        ("nama saya Budi", ""),
        ("alamat kantor BPS, jam buka", ""),
        ("jumlah penduduk saya kira naik, benar?", ""),
        ("Nama saya Budi, halo", ""),
    ],
)
def test_the_introduction_of_the_asker_is_left_out_of_the_question(said, asked):
    assert without_introduction(said) == (asked or said)


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Variabel apa saja yang membentuk IPM?", "komponen penyusun IPM"),
        ("komponen apa saja dalam NTP", "komponen penyusun NTP"),
        ("IPM itu terdiri dari apa saja?", "komponen penyusun IPM"),
        ("tolong jelasin inflasi dong", "apa itu inflasi"),
        ("tolong jelasin inflasi pake bahasa yg gampang dong", "apa itu inflasi"),
        ("jelaskan tentang garis kemiskinan", "apa itu garis kemiskinan"),
        ("jelaskan perbedaan ipm dan tpt", "jelaskan perbedaan ipm dan tpt"),
        ("gini rasio itu apaan dah", "apa itu gini ratio"),
        ("rumus IPM apa", "cara menghitung IPM"),
        ("mau konsultasi besok bs?", "cara membuat janji konsultasi"),
        ("bisa konsultasi hari senin jam 9?", "cara membuat janji konsultasi"),
        ("mau konsultasi data kemiskinan", "mau konsultasi data kemiskinan"),
    ],
)
def test_everyday_ways_of_asking_are_put_as_texts_put_them(question, meant):
    assert formal(question) == meant


@pytest.mark.parametrize(
    ("sought", "thing"),
    [
        ("bagaimana rumus menghitung tingkat pengangguran terbuka", "tingkat pengangguran terbuka"),
        ("cara menghitung tpt", "tpt"),
        ("komponen penyusun NTP", "NTP"),
        ("cara hitung ntp gimana", "ntp"),
        ("cara membuat janji", ""),
        ("apa itu ipm", ""),
    ],
)
def test_the_thing_whose_counting_is_asked_about_is_found(sought, thing):
    assert made_of(sought) == thing


def test_only_a_definition_that_names_the_components_answers_how_it_is_counted():
    made = "TPT adalah persentase penganggur terhadap angkatan kerja. Sumbernya Sakernas."
    assert says_of_what("rumus TPT", made)
    assert not says_of_what("rumus gini ratio", "Gini ratio mengukur ketimpangan. Ia perbandingan dua luas.")
    assert says_of_what("cara baca gini ratio", "Gini ratio mengukur ketimpangan. Nilai 0 berarti sama rata.")
    assert not says_of_what("cara baca TPT", made)


@pytest.mark.parametrize("asked", ["kota", "yang kota", "komponen apa saja"])
def test_a_kind_of_region_alone_names_nothing_a_text_could_be_about(asked):
    assert not names_anything(asked.split())


def test_a_question_who_gets_free_data_is_read_only_for_known_groups_and_data():
    put = "apakah mahasiswa mendapat data mikro gratis dengan tarif nol rupiah"

    assert who_pays_nothing("apakah mahasiswa gratis?") == put
    assert who_pays_nothing("mahasiswa harus bayar ga") == put
    assert [who_pays_nothing(one) for one in ("apakah parkir mahasiswa gratis?", "apakah gratis?")] == [
        "",
        "",
    ]
