"""Questions about an office, answered from what is published of it; no other question is taken for one."""

from datetime import UTC, datetime

import pytest

from halopst.assistant.rules.question.desk import desk_question
from halopst.assistant.services import ask
from halopst.core.actors import ANONYMOUS
from halopst.core.reference import load_all
from halopst.demo.offices import build_offices
from halopst.knowledge.rules.figures.regions import CITY, PROVINCE, Gazetteer, Region
from halopst.units.models import Unit

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


GAZETTEER = Gazetteer([Region("3578", "Kota Surabaya", CITY, "3500"), Region("3500", "Jawa Timur", PROVINCE)])


@pytest.fixture
def surabaya(db):
    load_all(lambda _line: None)
    build_offices(password="Kata-sandi-uji-9", now=NOW)
    return Unit.objects.get(code="3578")


def asked(unit, question):
    return ask(ANONYMOUS, question=question, unit=unit, client="", now=NOW)


def test_questions_about_an_office_are_answered_from_its_pages_or_asked_back(surabaya):
    expected = {
        "Jam buka PST Surabaya?": ("3578:hours", "Senin–Jumat 08.00–15.30 WIB"),
        "jam layanan bps sidoarjo": ("3515:hours", "BPS Kabupaten Sidoarjo"),
        "Alamat kantor BPS Surabaya": ("3578:address", "Jl. Contoh Data 8, Surabaya"),
        "Berapa lama layanan konsultasi?": ("3578:duration:konsultasi", "3 hari kerja"),
        "Berapa biaya data mikro?": ("3578:fee:data-mikro", "Peraturan Pemerintah Nomor 13 Tahun 2024"),
        "kantornya di mana ya": ("3578:address", "Jl. Contoh Data 8, Surabaya"),
        "senin buka jam brp?": ("3578:hours", "Senin–Jumat"),
        "ada nomor wa nya ga": ("3578:contact", "bps3578@"),
        "alamatnya mana": ("3578:address", "Jl. Contoh Data 8, Surabaya"),
        "gratis ga konsultasinya": ("3578:fee:konsultasi", "Tidak dipungut biaya"),
        "emailnya apa kak": ("3578:contact", "bps3578@"),
        "hari jumat buka sampe jam brp": ("3578:hours", "Senin–Jumat"),
        "kalau hari sabtu gimana": ("3578:hours", "Senin–Jumat"),
        "konsultasi statistik gratis kan?": ("3578:fee:konsultasi", "Tidak dipungut biaya"),
        "apakah konsultasi gratis": ("3578:fee:konsultasi", "Tidak dipungut biaya"),
        "Siapa kepala BPS Kota Surabaya?": ("3578:head", "Seruni Wulandari, Kepala BPS Kota"),
    }
    for question, (name, said) in expected.items():
        answer = asked(surabaya, question)
        (cited,) = answer.citations
        assert (question, answer.known, cited.external_id) == (question, True, name)
        assert said in answer.text
        assert cited.url.startswith(("/satker/", f"/{Unit.objects.get(code=name[:4]).slug}/"))

    malang = asked(surabaya, "jam buka bps malang")
    choices = [step.url for step in malang.suggestions if step.kind == "question"]
    assert (malang.known, len(choices)) == (False, 2)
    assert asked(surabaya, choices[0]).citations[0].external_id in {"3507:hours", "3573:hours"}
    experts = asked(surabaya, "siapa ahli inflasi di bps surabaya").citations[0]
    assert experts.url.startswith(f"/konsultasi/{surabaya.slug}/?bidang=")
    assert asked(None, "Jam buka PST Surabaya?").citations[0].external_id == "3578:hours"
    assert asked(None, "Berapa lama layanan konsultasi?").known is False


@pytest.mark.parametrize(
    "question",
    [
        "Berapa lama Soekarno menjabat presiden?",
        "Di mana letak Candi Borobudur?",
        "Jam berapa proklamasi dibacakan?",
        "Berapa harga tiket masuk Benteng Lontar?",
        "Siapa ahli fisika yang menemukan relativitas?",
        "Siapa kepala suku pertama Arumjaya?",
        "Apa syarat menjadi warga Romawi?",
        "Berapa tinggi Monas?",
        "jumlah penduduk surabaya 2024",
        "",
        "\x00",
        "di mana",
        "biaya " * 40,
    ],
)
def test_a_question_about_anything_else_is_left_to_the_others(question):
    assert desk_question(question, lambda: GAZETTEER) is None
