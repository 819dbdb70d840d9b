import pytest

from halopst.assistant.rules.question.regions import find, spread
from halopst.knowledge.rules.figures.regions import bare_words, of_table_row, plain_words
from tests.assistant.regions import country

WORDS = {
    "harga",
    "pasar",
    "produksi",
    "penduduk",
    "jumlah",
    "miskin",
    "berapa",
    "tingkat",
    "kerja",
    "bara",
    "batu",
}


def codes(question):
    mentions = find(question.split(), country(), lambda word: word in WORDS)
    return [[region.code for region in mention.regions] for mention in mentions]


def test_every_office_is_found_by_its_region_as_it_is_written():
    wrong = {
        region.name: found
        for region in country().by_code.values()
        if (
            found := codes(
                " ".join((region.kind, *bare_words(region)) if region.kind != "pusat" else ["indonesia"])
            )
        )
        != [[region.code]]
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("penduduk surabaya", [["3578"]]),
        ("penduduk kab sampang", [["3527"]]),
        ("penduduk sampang", [["3527"]]),
        ("penduduk malang", [["3507", "3573"]]),
        ("penduduk kota malang", [["3573"]]),
        ("penduduk kabupaten malang", [["3507"]]),
        ("penduduk jatim", [["3500"]]),
        ("penduduk jawa timur", [["3500"]]),
        ("penduduk indonesia", [["0000"]]),
        ("penduduk nasional", [["0000"]]),
        ("penduduk kep riau", [["2100"]]),
        ("penduduk riau", [["1400"]]),
        ("penduduk dki jakarta", [["3100"]]),
        ("penduduk jogja", [["3400"]]),
        ("penduduk surabya", [["3578"]]),
        ("penduduk kab smapang", [["3527"]]),
        ("penduduk sidoarjo dan gresik", [["3515"], ["3525"]]),
        ("penduduk sidoharjo", [["3515"]]),
        ("penduduk lumajng", [["3508"]]),
        ("penduduk bojonegara", [["3522"]]),
        ("harga pasar", []),
        ("produksi batu bara", []),
        ("penduduk di batu", [["3579"]]),
        ("penduduk kota batu", [["3579"]]),
        ("penduduk kabupaten batu bara", [["1219"]]),
        ("tingkat kerja", []),
        ("penduduk tojo una una", [["7209"]]),
        ("penduduk solo", [["3372"]]),
        ("penduduk gorontalo", [["7500", "7502", "7571"]]),
    ],
)
def test_regions_are_found_as_people_name_them(question, found):
    assert codes(question) == found


def test_a_question_may_ask_for_all_regions_of_a_kind():
    assert spread(["kabupaten", "kota", "mana", "yang", "paling", "miskin"]) == ("kabupaten", "kota")
    assert spread(["kabupaten", "mana", "yang", "paling", "miskin"]) == ("kabupaten",)
    assert spread(["kota", "mana", "yang", "paling", "padat"]) == ("kota",)
    assert spread(["daerah", "mana", "yang", "paling", "miskin"]) == ("kabupaten", "kota")
    assert spread(["tiap", "provinsi"]) == ("provinsi",)
    assert spread(["penduduk", "kota", "malang"]) == ()


@pytest.mark.parametrize(
    ("domain", "code", "label", "found"),
    [
        ("3500", "3578", "Kota Surabaya", "3578"),
        ("3500", "3578", "Surabaya", "3578"),
        ("3500", "3507", "Malang", "3507"),
        ("0000", "1100", "ACEH", "1100"),
        ("0000", "11", "ACEH", "1100"),
        ("3500", "9999", "Jawa Timur", "3500"),
        ("3500", "3578", "Sampang", None),
        ("3500", "1", "Kota Malang", "3573"),
        ("3500", "1", "Malang", None),
        ("3500", "2", "Perempuan", None),
        ("3500", "1101", "Padi", None),
    ],
)
def test_a_row_of_a_table_is_a_region_only_when_code_and_name_agree(domain, code, label, found):
    region = of_table_row(country(), domain=domain, code=code, label=label)
    assert (region.code if region else None) == found


def test_names_are_compared_without_dots_and_capitals():
    assert plain_words("Kep. Bangka-Belitung") == ("kepulauan", "bangka", "belitung")
