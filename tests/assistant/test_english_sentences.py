"""What an English sentence of a model may say: figures, their names, and words that are checked."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halopst.assistant.language_models.prompt import prompt
from halopst.assistant.rules.checking.directions import wrong_direction
from halopst.assistant.rules.checking.english_sentences import plain_words
from halopst.assistant.rules.checking.sentences import Flaw, check
from halopst.assistant.rules.checking.sources import Draft, Sentence, Source, SourceKind
from halopst.assistant.rules.checking.stated_numbers import unresolved
from halopst.assistant.rules.language.english_names import (
    indicator_names,
    measure_in_english,
    period_names,
    phrases,
    region_names,
)
from halopst.assistant.rules.language.numerals import Kind, numbers
from halopst.assistant.rules.language.word_tables import table
from halopst.assistant.rules.privacy.masking import masked
from halopst.knowledge.rules.figures.periods import Period

HDI = ("Indeks Pembangunan Manusia", ("IPM", "Human Development Index"))


def figure(number, region, period, value, **more):
    names = [indicator_names(*HDI, ""), region_names(region, "kota"), period_names(period), ["points"]]
    return Source(
        number=number,
        kind=SourceKind.FIGURE,
        title="Tabel IPM",
        text="; ".join(" / ".join(one) for one in names[:3]),
        shown=f"{value} points ({region}, {period.label('en')})",
        measure="points",
        about="7::poin",
        value=Decimal(value),
        order=period.last_month,
        region=region,
        says=phrases([one for same in names for one in same]),
        **more,
    )


OLD = figure(1, "Kota Surabaya", Period(2023), "83.45")
NEW = figure(2, "Kota Surabaya", Period(2024), "84.69")
MALANG = figure(3, "Kota Malang", Period(2024), "84.00")
QUARTER = figure(4, "Kota Surabaya", Period(2025, 32), "85.10")
GAP = Source(
    number=5, kind=SourceKind.COMPUTED, title="Difference (computed from both figures)",
    text="Kota Surabaya, 2024; Kota Surabaya, 2023", shown="1.24 points", value=Decimal(1),
    parts=frozenset({1, 2}), says=OLD.says | NEW.says,
)  # fmt: skip
FOURTH = figure(6, "Kota Kediri", Period(2024), "80.00", tops=False)
SOURCES = (OLD, NEW, MALANG, QUARTER, GAP, FOURTH)
ALL = (1, 2, 3, 4, 5, 6)


def checked(text, cites=ALL, sources=SOURCES):
    return check(Draft((Sentence(text, cites),), known=True), sources, prompt(), "en")


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 the Human Development Index of Surabaya City was {S2}.",
        "The Human Development Index (IPM) of Kota Surabaya stood at {S2} points in 2024.",
        "Surabaya's Human Development Index rose from {S1} to {S2}, an increase of {S5}.",
        "The Indeks Pembangunan Manusia of the City of Surabaya increased by {S5} from 2023 to 2024.",
        "It was {S2}, compared with {S1}.",
        "In 2024, {S2} was higher than {S3}.",
        "In 2024, {S3} was lower than {S2}.",
        "The difference between {S1} and {S2} was {S5}.",
        "In the second quarter of 2025 the value was {S4}.",
        "In Q2 2025 it was {S4}.",
        "The highest figure was {S4}.",
        "The index of Surabaya City was {S2}.",
    ],
)
def test_an_english_sentence_that_the_figures_confirm_is_shown(text):
    assert checked(text).offences == ()


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("The Human Development Index of Surabaya City in 2024 was 1,234.5.", Flaw.NUMBER),
        ("The Human Development Index of Surabaya City was 99.99 in 2024: {S2}.", Flaw.NUMBER),
        ("It was ninety nine percent, {S2}.", Flaw.NUMBER),
        ("In 2031 the Human Development Index of Surabaya City was {S2}.", Flaw.NUMBER),
        ("In March 2024 the Human Development Index of Surabaya City was {S2}.", Flaw.NUMBER),
        ("In May 2024 it was {S2}.", Flaw.NUMBER),
        ("In the third quarter of 2025 the value was {S4}.", Flaw.NUMBER),
        ("In the second half of 2025 the value was {S4}.", Flaw.NUMBER),
        ("It doubled to {S2}.", Flaw.NUMBER),
        ("Half of {S2} is in Surabaya.", Flaw.NUMBER),
        ("It was {S2} million.", Flaw.PLACEHOLDER),
        ("It was {S2} percentage points.", Flaw.PLACEHOLDER),
        ("It was nearly {S2}.", Flaw.PLACEHOLDER),
        ("It was not {S2}.", Flaw.PLACEHOLDER),
        ("It was more than {S2}.", Flaw.PLACEHOLDER),
        ("It was \u2212{S2}.", Flaw.PLACEHOLDER),
        ("It was {S5}.", Flaw.PLACEHOLDER),
        ("It rose to {S5}.", Flaw.PLACEHOLDER),
        ("It rose by {S2}.", Flaw.PLACEHOLDER),
        ("It rose from {S2} to {S4}, an increase of {S5}.", Flaw.PLACEHOLDER),
        ("It fell from {S1} to {S2}.", Flaw.DIRECTION),
        ("It rose from {S2} to {S1}.", Flaw.DIRECTION),
        ("It declined by {S5}.", Flaw.DIRECTION),
        ("It increased by {S5} from 2024 to 2023.", Flaw.DIRECTION),
        ("It was unchanged from {S1} to {S2}.", Flaw.DIRECTION),
        ("{S3} was higher than {S2}.", Flaw.DIRECTION),
        ("Compared with {S2}, {S3} was higher.", Flaw.DIRECTION),
        ("It rose from {S3} to {S4}.", Flaw.DIRECTION),
        ("The lowest was {S3}.", Flaw.DIRECTION),
        ("The lowest was {S6}.", Flaw.DIRECTION),
        ("It did not rise from {S1} to {S2}.", Flaw.UNSUPPORTED),
        ("It never rose from {S1} to {S2}.", Flaw.UNSUPPORTED),
        ("It didn't rise from {S1} to {S2}.", Flaw.UNSUPPORTED),
        ("It rose from {S1} to {S2} because of the pandemic.", Flaw.UNSUPPORTED),
        ("The poverty rate of Surabaya City was {S2}.", Flaw.UNSUPPORTED),
        ("The rate of Surabaya City was {S2}.", Flaw.UNSUPPORTED),
        ("The Human Development of Surabaya City was {S2}.", Flaw.UNSUPPORTED),
        ("The Human Development Index of Surabaya Regency was {S2}.", Flaw.UNSUPPORTED),
        ("The Human Development Index of Malang City was {S2}.", Flaw.UNSUPPORTED),
        ("In 2024 it was {S2} and in 2023 it was {S1}.", Flaw.UNSUPPORTED),
        ("Surabaya City had {S3} and Malang City had {S2}.", Flaw.UNSUPPORTED),
        ("The Human Development Index of Surabaya City was published in 2024.", Flaw.UNSUPPORTED),
        ("It was + {S2}, ~ {S1}.", Flaw.PLACEHOLDER),
        ("It was {S2} \u2248.", Flaw.UNSUPPORTED),
        ("See www.jahat.example for {S2}.", Flaw.ADDRESS),
        ("It was {S2}; call 0812-3456-7890.", Flaw.PERSONAL),
        ("The salary of our neighbour was {S2}.", Flaw.PERSONAL),
        ("The home address belonging to Budi was {S2}.", Flaw.PERSONAL),
        ("Hasilnya {S2} pada 2024.", Flaw.UNSUPPORTED),
    ],
)  # fmt: skip
def test_a_sentence_that_its_sources_do_not_confirm_is_not_shown_and_its_flaw_is_named(text, flaw):
    found = checked(text)

    assert ([one.flaw for one in found.offences], found.sentences) == ([flaw], ())


@given(st.lists(st.text(alphabet=st.characters(min_codepoint=97, max_codepoint=122), min_size=1), min_size=1))
def test_no_word_is_shown_that_is_neither_a_name_nor_one_of_ours(words):
    shown = checked(f"It was {{S2}} {' '.join(words)}.").sentences
    known = plain_words() | {word for name in NEW.says for word in name}

    assert shown == () or set(words) <= known


@given(st.integers(0, 10**9), st.integers(0, 3))
def test_no_number_a_model_types_in_english_is_ever_shown(digits, places):
    text = f"{Decimal(digits).scaleb(-places):,f}"

    assert text == "2024" or checked(f"In 2024 it was {text}, {{S2}}.").sentences == ()


def test_every_allowed_word_of_direction_is_checked_against_the_figures():
    """Beside one figure alone none of them can be held against anything."""
    lone = figure(9, "Kota Batu", Period(2020), "1")
    loose = [
        word
        for word in table("english")["checked"]
        if not wrong_direction(f"It {word}, {{S9}}.", [lone], [lone])
    ]

    assert loose == []


def test_only_the_first_of_a_cut_off_ranking_may_be_called_highest():
    lowest = (
        figure(1, "Kota Batu", Period(2024), "1"),
        figure(2, "Kota Kediri", Period(2024), "2", tops=False),
    )

    assert checked("The lowest was {S1}.", (1,), lowest).passed
    assert not checked("The highest was {S2}.", (2,), lowest).passed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,234.5 people", [("1234.5", Kind.PLAIN)]),
        ("1.2 million people", [("1200000.0", Kind.PLAIN)]),
        ("IDR 3 bn", [("3000000000", Kind.PLAIN)]),
        ("0.5 percentage-point", [("0.5", Kind.POINTS)]),
        ("0.5 pp", [("0.5", Kind.POINTS)]),
        ("second quarter of 2025", [("2", Kind.PART), ("2025", Kind.PLAIN)]),
        ("Q2 2025", [("2", Kind.PART), ("2025", Kind.PLAIN)]),
        ("first half of 2025", [("61", Kind.PART), ("2025", Kind.PLAIN)]),
        ("May 2024", [("5", Kind.MONTH), ("2024", Kind.PLAIN)]),
        ("Aug. 2024", [("8", Kind.MONTH), ("2024", Kind.PLAIN)]),
        ("it may be 15m", [("0", Kind.VAGUE)]),
        ("fifty-two percent", [("52", Kind.PERCENT)]),
        ("twice", [("0", Kind.VAGUE)]),
    ],
)
def test_a_number_is_read_as_english_writes_it(text, found):
    assert [(one.readings[0], one.kind) for one in numbers(text)] == [
        (Decimal(value), kind) for value, kind in found
    ]


@pytest.mark.parametrize(
    ("said", "stated"),
    [
        ("semester II", "triwulan II"),
        ("second half of 2025", "triwulan II 2025"),
        ("Aug 2024", "Juni 2024"),
        ("15m people", "15 tahun"),
        ("at least 20 percent", "30 persen"),
        ("fewer than 20 percent", "15 persen"),
    ],
)
def test_numbers_that_only_look_alike_are_told_apart(said, stated):
    assert unresolved(said, [stated]) != []
    assert unresolved("second quarter, nearly 21 percent", ["triwulan II 20,9 persen"]) == []


def test_a_name_somebody_gives_in_english_is_masked():
    assert masked("My name is Budi Santoso, what is IPM?") == "My name is [nama], what is IPM?"


def test_a_unit_without_a_known_english_name_stays_as_published():
    assert [measure_in_english(one) for one in ("Persen", "ribu  jiwa", "gram/kapita")] == [
        "percent", "thousand people", "gram/kapita",
    ]  # fmt: skip
