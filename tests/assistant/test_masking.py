"""What leads to a person is masked in what people write; what AIDA needs, and what is public, stays."""

import json
import re
import time
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from halopst.assistant.rules.privacy.masking import contacts_masked, masked

QUESTIONS = Path(__file__).parent / "questions"
KNOWLEDGE = Path(__file__).parents[1] / "knowledge" / "questions"
DEMO = Path(__file__).parents[2] / "src" / "halopst" / "demo"
SENTENCES = tomllib.loads((QUESTIONS / "masking.toml").read_text(encoding="utf-8"))["sentences"]


def fault(sentence):
    """What of a person is left of it, and what else is gone."""
    text = sentence["text"]
    left, kept = masked(text), sentence.get("keeps", [])
    if "hides" not in sentence:
        return [] if left == text else [left]
    return [one for one in sentence["hides"] if one in left] + [one for one in kept if one not in left]


def test_the_set_for_masking_is_large_and_mostly_without_persons():
    harmless = [one for one in SENTENCES if "hides" not in one]

    assert len(SENTENCES) >= 120
    assert len(harmless) * 2 >= len(SENTENCES)


def test_only_what_leads_to_a_person_is_masked_in_a_sentence():
    wrong = [one["text"] for one in SENTENCES if bool(fault(one)) is not one.get("known_fault", False)]

    assert wrong == []


def lines(path):
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def test_questions_of_our_sets_lose_nothing_but_names_of_persons():
    files = [*KNOWLEDGE.rglob("questions.jsonl"), DEMO / "soal-aida.jsonl"]
    asked = [one["question"] for path in files for one in lines(path)]
    for name in ("figures.txt", "variations.txt"):
        rows = (QUESTIONS / name).read_text(encoding="utf-8").splitlines()
        asked += [row.split(" => ")[0] for row in rows]

    assert len(asked) > 1500
    gone = {one for one in asked if masked(one) != one}
    persons = (
        "Ibu Kartini|Bu Siti|Habibie|Budi Santoso|Hidayat|Anwar|Saleh|Ibnu Sina|Mona Lisa|Imam Bonjol|Hartono"
        "|Susi Susanti|Raden Patah|pak joko|atas nama Budi|NIK 3578012304560001"
    )
    invented = "Suryawijaya|Siti Mardiyah|Tenripada|Limbara|Ratna Kusumah|Arifin Katulistiwa"
    assert [one for one in gone if not re.search(f"{persons}|{invented}", one)] == []
    assert not any(re.search("Surabaya|Jawa|kemiskinan", one) for one in gone)


def test_published_texts_lose_nothing():
    demo = tomllib.loads((DEMO / "pengetahuan.toml").read_text(encoding="utf-8"))["text"]
    passages = chain.from_iterable(lines(path) for path in KNOWLEDGE.rglob("passages.jsonl"))
    texts = [one["text"] for one in chain(demo, passages)]

    assert len(texts) > 1000
    assert [one for one in texts if contacts_masked(one) != one] == []


def test_a_name_in_a_published_text_stays_and_a_telephone_number_does_not():
    assert contacts_masked("RSUD dr. Soetomo, Jl. Mayjen Prof. Dr. Moestopo No. 6, telp. (031) 5501078") == (
        "RSUD dr. Soetomo, Jl. Mayjen Prof. Dr. Moestopo No. 6, telp. (031) 5501078"
    )
    assert contacts_masked("Hubungi Bu Sri, 0812-3456-7890.") == "Hubungi Bu Sri, [telepon]."


@pytest.mark.parametrize(
    "text",
    ["jl " + "a " * 2400, "Aa " * 1600, "saya Dwi " * 500, "rekening " + "1 " * 2400, "a" * 5000 + "@"],
)
def test_masking_is_fast_even_for_hostile_texts(text):
    began = time.process_time()
    masked(text)

    assert time.process_time() - began < 0.5


def test_what_is_masked_already_stays_as_it_is():
    once = masked(
        "nama saya Dwi, rekening 1420098765432, lahir 12 Maret 1990, Jl. Mawar No. 3, mobil L 12 AB"
    )

    assert once.split(", ") == [
        "nama saya [nama]",
        "rekening [nomor rekening]",
        "lahir [tanggal lahir]",
        "[alamat]",
        "mobil [nomor kendaraan]",
    ]
    assert masked(once) == once
