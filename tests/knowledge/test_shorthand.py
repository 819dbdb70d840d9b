"""What people type for words is read as the words they mean."""

from importlib.resources import files

import pytest

from halopst.core.actors import ANONYMOUS
from halopst.knowledge.queries import search
from halopst.knowledge.rules.words.shorthand import abbreviated, parted, spelled_out
from halopst.knowledge.services import reindex
from tests.knowledge.factories import DocumentFactory

KNOWN = {"jumlah": 9, "penduduk": 8, "jam": 2, "buka": 3, "kota": 5, "malang": 4, "tingkat": 1, "terbuka": 1}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jumlahpenduduk", "jumlah penduduk"),
        ("jambuka", "jam buka"),
        ("dikotamalang", "kota malang"),  # a stop word in front is none of the words asked
        ("tingkatpengangguranterbuka", ""),  # one of the three is unknown
        ("malang", ""),
        ("jumlahkotamalangpenduduk", ""),  # more than three are no slip
    ],
)
def test_a_space_left_out_is_put_in_only_where_all_is_known(typed, meant):
    assert parted(typed, KNOWN) == meant


def test_short_forms_are_spelled_out():
    assert [spelled_out(word) for word in ("thn", "anak2", "usaha2nya", "co2", "tahun")] == [
        "tahun",
        "anak",
        "usaha",
        "",
        "",
    ]
    assert (abbreviated("adhk"), abbreviated("konstan")) == ("atas dasar harga konstan", "")


@pytest.mark.parametrize("table", ["abbreviations", "shorthand"])
def test_every_short_form_stands_once_and_in_order(table):
    text = files("halopst.knowledge.rules.words").joinpath(f"{table}.txt").read_text(encoding="utf-8")
    short = [line.split()[0] for line in text.splitlines()]

    assert short == sorted(set(short))
    assert all(len(line.split()) > 1 for line in text.splitlines())


@pytest.mark.django_db
def test_short_forms_joined_words_and_english_find_what_they_mean():
    texts = {
        "PDRB": "PDRB atas dasar harga konstan memakai harga tahun dasar.",
        "Miskin": "Penduduk miskin hidup di bawah garis kemiskinan.",
        "Acak": "Sampel diambil secara acak.",
    }
    reindex([DocumentFactory(state="published", title=title, text=text) for title, text in texts.items()])

    def found(question):
        result = search(ANONYMOUS, question)
        return [hit.document.title for hit in result.hits][:1], dict(result.asked.repaired)

    assert found("ADHK") == (["PDRB"], {"adhk": "atas dasar harga konstan"})
    assert found("pdrb") == (["PDRB"], {})  # what the texts themselves abbreviate stays as it is
    assert found("penduduk2 mskin") == (["Miskin"], {"mskin": "miskin"})
    assert found("gariskemiskinan") == (["Miskin"], {"gariskemiskinan": "garis kemiskinan"})
    assert found("poverty") == (["Miskin"], {})
    assert found("anak") == ([], {})  # a word of its own, not a slip of `acak`
