"""What AIDA is tested with, what comes of it, and that nothing that answers worse is put to use."""

import json
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from halopst.accounts.services import give_role
from halopst.assistant.models import Conversation, Evaluation, EvaluationQuestion, Setup, Spending
from halopst.assistant.queries.evaluations import cell_keys, digest_of, shown_cells
from halopst.assistant.queries.setups import configured, in_use
from halopst.assistant.rules.evaluation import expected
from halopst.assistant.rules.evaluation.measures import Seen, fallen, is_right, measured, ungrounded
from halopst.assistant.rules.evaluation.setups import NO_MODEL, Using
from halopst.assistant.services.answering.asking import ask
from halopst.assistant.services.evaluation import activating, evaluating
from halopst.assistant.services.evaluation.exam_editing import export_questions, import_questions
from halopst.assistant.services.wording.by_model import worded_by
from halopst.assistant.templatetags.aida_quality import milliseconds, share
from halopst.audit.models import Entry
from halopst.core.actors import ANONYMOUS, SYSTEM
from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.services import reindex
from tests.accounts.factories import MembershipFactory
from tests.assistant.factories import (
    EvaluationFactory,
    EvaluationQuestionFactory,
    SetupFactory,
    TurnFactory,
    WordingFactory,
)
from tests.assistant.model_server import provider_at, says, told
from tests.assistant.worded import build_office, put_to_use
from tests.knowledge.factories import DocumentFactory
from tests.knowledge.figure_factories import CellFactory, IndicatorFactory, RegionFactory
from tests.units.factories import HeadOfficeFactory, UnitFactory

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
INFLATION = "Inflasi adalah kenaikan harga umum."
MODEL = Using("model-uji", "jawaban-1")


@pytest.fixture
def office(db, settings):
    """An office of an installation that is set up with a model nobody has put to use."""
    settings.MODELS = [provider_at("http://127.0.0.1:9/v1")]
    HeadOfficeFactory()
    return UnitFactory(region="Kabupaten Sampang", kind="kabupaten")


def seen(expects, *, known=True, right=True, rank=None, shown=0, grounded=0, back=False):
    return Seen(
        expects=expects, known=known, asks_back=back, is_right=right, rank=rank, shown=shown,
        grounded=grounded, milliseconds=10,
    )  # fmt: skip


def test_each_measure_is_the_share_its_name_says():
    found = measured(
        [
            seen("figure", shown=4, grounded=3),
            seen("text", rank=1),
            seen("text", rank=4, right=False),
            seen("text", known=False, right=False, rank=0),
            seen("refuse", known=False),
            seen("refuse", right=False),
            seen("clarify", known=False, back=True),
        ]
    )

    assert (found.recall_1, found.recall_5, found.mrr) == (1 / 3, 2 / 3, (1 + 1 / 4) / 3)
    assert (found.grounded, found.right, found.right_of_answers) == (0.75, 0.5, 0.5)
    assert (found.refusal_precision, found.refusal_recall) == (0.5, 0.5)
    assert (found.p50_ms, found.p95_ms) == (10, 10)
    assert measured([]).right is None


def test_a_measure_may_fall_by_its_tolerance_and_no_further():
    good = measured([seen("figure", shown=1, grounded=1)] * 100)
    near = measured([seen("figure", shown=1, grounded=1)] * 98 + [seen("refuse", known=False)])
    wrong = [seen("figure", right=False, shown=100, grounded=99)] * 3
    worse = measured([seen("figure", shown=100, grounded=100)] * 97 + wrong)

    assert fallen(good, near) == []
    assert fallen(good, worse) == ["grounded", "right", "right_of_answers"]
    assert fallen(good, measured([])) == ["grounded", "right", "right_of_answers"]


@pytest.mark.parametrize(
    ("expects", "known", "asks_back", "found", "wanted", "right"),
    [
        ("figure", True, False, ["a"], ["a"], True),
        ("figure", True, False, ["a", "b"], ["a"], False),
        ("figure", True, False, ["b", "a"], ["a", "b"], True),
        ("figure", True, False, ["a"], None, True),
        ("figure", True, False, ["a"], [], False),
        ("figure", True, False, [], None, False),
        ("text", True, False, ["x", "Judul"], ["Judul"], True),
        ("text", True, False, ["x", "Judul"], ["Lain"], False),
        ("text", False, False, ["x"], ["x"], False),
        ("clarify", False, True, [], None, True),
        ("clarify", False, True, ["a", "b"], ["b"], True),
        ("clarify", False, True, ["a"], ["a", "b"], False),
        ("refuse", False, True, [], None, False),
        ("refuse", False, False, [], None, True),
        ("refuse", False, False, ["silastik"], ["silastik"], True),
        ("refuse", False, False, [], ["silastik"], False),
    ],
)
def test_an_answer_is_right_only_if_it_is_what_was_expected(expects, known, asks_back, found, wanted, right):
    assert is_right(expects, known=known, asks_back=asks_back, found=found, expected=wanted) is right


def test_a_ranking_is_right_in_its_order_only():
    asked = {"known": True, "asks_back": False, "expected": ["a", "b"], "in_order": True}

    assert is_right("figure", found=["a", "b"], **asked)
    assert not is_right("figure", found=["b", "a"], **asked)


def test_a_cell_is_written_as_it_is_read():
    assert expected.read("IPM@3500/kota:terendah*3@2024@Laki-laki") == expected.Cells(
        "IPM", "3500", "Laki-laki", (Period(2024),), ranked=expected.Ranked(("kota",), lowest=True, places=3)
    )
    assert expected.key("IPM", "3578", 202432, "") == "IPM@3578@Triwulan II 2024"


def test_a_number_that_no_source_holds_is_ungrounded():
    assert ungrounded("IPM 82,19 pada 2024", ["82,19 2024"]) == []
    assert ungrounded("IPM 82,2 pada 2024", ["82,19 2024"]) == ["82,2"]


UNREADABLE = """
IPM | IPM@3578 | IPM@3578@kapan | @3578@2024 | a@b@terbaru*0 | a@b@terbaru*x
| a@b:tinggi@2024 | a@b:tertinggi*0@2024 | a@b:tertinggi@terbaru*2 | a@b:tertinggi@2020-2024
"""


@pytest.mark.parametrize("text", [one.strip() for one in UNREADABLE.split("|")])
def test_a_cell_that_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match=r"|".join(re.escape(part) for part in text.split("@"))):
        expected.read(text)


def test_questions_come_from_a_file_go_back_to_one_and_change_nothing_the_second_time(office):
    lines = [
        {
            "question": "IPM?",
            "expects": "figure",
            "expected": ["IPM@3578@terbaru*3"],
            "before": ["Halo", "TPT?"],
        },
        {"question": "Resep?", "expects": "refuse", "topic": "lain", "lang": "en"},
        {"question": "Salah", "expects": "figure", "expected": ["IPM"]},
        {"question": "Salah", "expects": "refuse", "lang": "xx"},
    ]
    raw = [json.dumps(line).encode() for line in lines] + [b"bukan json", b""]
    first = import_questions(SYSTEM, unit=office, lines=raw)
    again = import_questions(SYSTEM, unit=office, lines=raw)

    assert (first.added, first.changed, [line for line, _said in first.faults]) == (2, 0, [3, 4, 5])
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert [json.loads(line) for line in export_questions(office)] == lines[:2]
    assert Entry.objects.filter(action="assistant.questions-imported").count() == 1


def test_an_evaluation_asks_everything_and_keeps_what_went_wrong(office):
    text = DocumentFactory(
        unit=None, state="published", title="Inflasi", text="Inflasi adalah kenaikan harga umum."
    )
    reindex([text])
    EvaluationQuestionFactory(unit=office, question="Apa itu inflasi?", expects="text", expected=["Inflasi"])
    EvaluationQuestionFactory(unit=None, question="Apa itu deflasi?", expects="text", expected=["Deflasi"])
    EvaluationQuestionFactory(unit=None, question="Resep rendang?", expects="refuse")
    EvaluationQuestionFactory(question="Soal kantor lain?", expects="refuse")
    run = evaluating.evaluate_now(SYSTEM, unit=office, using=NO_MODEL, now=NOW)

    assert (run.state, run.asked, run.whole, run.was_in_use) == ("done", 3, 3, True)
    assert (run.recall_1, run.right, run.refusal_recall, run.refusal_precision) == (1.0, 0.5, 1.0, 0.5)
    assert [one["question"] for one in run.missed] == ["Apa itu deflasi?"]
    evaluating.run_evaluation(run.pk)
    assert Evaluation.objects.count() == 1


def test_one_evaluation_of_an_office_runs_at_a_time_and_one_cut_short_does_not_block_for_ever(office):
    EvaluationQuestionFactory(unit=office)
    first = evaluating.begin_evaluation(SYSTEM, unit=office, using=NO_MODEL, now=NOW)
    with pytest.raises(evaluating.AlreadyRunning):
        evaluating.begin_evaluation(SYSTEM, unit=office, using=NO_MODEL, now=NOW)

    later = evaluating.begin_evaluation(SYSTEM, unit=office, using=NO_MODEL, now=NOW + timedelta(hours=7))
    assert later.pk != first.pk


def test_every_week_each_office_with_questions_is_evaluated_once(office):
    EvaluationQuestionFactory(unit=office)
    EvaluationQuestionFactory(unit=None)
    UnitFactory()

    assert evaluating.begin_weekly(now=NOW) == 2
    assert evaluating.begin_weekly(now=NOW) == 0
    assert set(Evaluation.objects.values_list("unit", flat=True)) == {office.pk, None}


def refused(office, refusal, **given):
    with pytest.raises(refusal) as caught:
        activating.activate(SYSTEM, unit=office, using=MODEL, now=given.get("now", NOW))
    assert not Setup.objects.filter(is_active=True).exists()
    return str(caught.value)


def test_a_model_that_was_not_evaluated_or_answers_worse_is_not_put_to_use(office):
    refused(office, activating.NotEvaluated)
    EvaluationFactory(unit=office)
    tried = EvaluationFactory(unit=office, model="model-uji", prompt="jawaban-1", right=0.9)
    assert refused(office, activating.AnswersWorse) == (
        "Susunan ini tidak dipakai karena menurunkan mutu: dijawab benar dari 100,0% menjadi 90,0%. "
        "Soal yang meleset ada di riwayat penilaian; perbaiki modelnya, lalu nilai lagi."
    )
    refused(office, activating.NotEvaluated, now=NOW + timedelta(days=8))
    for change in ({"questions": "lain"}, {"engine": "2"}):
        Evaluation.objects.filter(pk=tried.pk).update(
            **{"right": 1.0, "questions": "sama", "engine": "1"} | change
        )
        refused(office, activating.NothingToCompareWith)
    Evaluation.objects.filter(pk=tried.pk).update(right=1.0, questions="sama", engine="1", whole=40)
    activating.activate(SYSTEM, unit=office, using=MODEL, now=NOW)

    assert in_use(office) == MODEL
    assert Entry.objects.get(action="assistant.setup-activated").details == {
        "model": "model-uji", "prompt": "jawaban-1", "instead_of": "",
    }  # fmt: skip


def test_an_office_can_always_stop_using_a_model(office):
    SetupFactory(unit=office, is_active=True)
    activating.activate(SYSTEM, unit=office, using=NO_MODEL, now=NOW)

    assert in_use(office) == NO_MODEL
    assert Setup.objects.filter(unit=office, is_active=True).count() == 1


def test_an_office_without_a_choice_of_its_own_uses_the_national_one(office):
    SetupFactory(unit=None, is_active=True)
    other = UnitFactory()
    SetupFactory(unit=other, model="", prompt="", is_active=True)

    assert (in_use(office), in_use(None), in_use(other)) == (MODEL, MODEL, NO_MODEL)


def test_what_was_put_to_use_is_not_in_use_once_the_installation_is_set_up_with_another(office, settings):
    SetupFactory(unit=None, is_active=True)
    assert in_use(office) == MODEL

    settings.MODELS = [provider_at("http://127.0.0.1:9/v1"), provider_at("http://127.0.0.1:9/v1")]
    assert in_use(office) == NO_MODEL


def test_two_servers_with_one_model_are_another_setup_whose_name_tells_them_apart(office, settings):
    SetupFactory(unit=None, is_active=True)
    settings.MODELS = [provider_at("http://a.example:8000/v1"), provider_at("http://b.example/llm/v1/")]
    both = "model-uji (a.example:8000), model-uji (b.example/llm)"

    assert (in_use(office), configured().model) == (NO_MODEL, both)
    SetupFactory(unit=office, model=both, prompt=configured().prompt, is_active=True)
    assert in_use(office).model == both
    assert worded_by(office) == "model-uji"  # a visitor is not told where our servers are


def test_a_model_is_evaluated_by_what_it_words_and_leaves_no_conversation_behind(office, model, settings):
    settings.MODEL_SECONDS = 60
    text = DocumentFactory(unit=None, state="published", title="Inflasi", text=INFLATION)
    reindex([text])
    EvaluationQuestionFactory(unit=office, question="Apa itu inflasi?", expects="text", expected=["Inflasi"])
    model.replies = [says(("Inflasi adalah kenaikan harga umum.", [1]))]
    run = evaluating.evaluate_now(SYSTEM, unit=office, using=configured(), now=NOW)

    assert (run.model, run.was_in_use, run.right, len(model.asked)) == ("model-uji", False, 1.0, 1)
    assert (Conversation.objects.count(), Spending.objects.filter(scope__startswith="visitor").count()) == (
        0,
        0,
    )


@pytest.mark.parametrize("fault", ["401", "404", "500", "cut", "half", "body {}", "spent"])
def test_a_model_that_does_not_answer_is_neither_measured_nor_put_to_use(
    office, model, settings, client, fault
):
    settings.MODEL_CALLS_PER_DAY = 1 if fault == "spent" else 0
    reindex([DocumentFactory(unit=None, state="published", title="Inflasi", text=INFLATION)])
    for number in range(3):
        question = f"Apa itu inflasi{'?' * (number + 1)}"
        EvaluationQuestionFactory(unit=office, question=question, expects="text", expected=["Inflasi"])
    model.replies = [says(("Inflasi adalah kenaikan harga umum.", [1]))]
    model.faults = [] if fault == "spent" else [fault] * 12
    run = evaluating.evaluate_now(SYSTEM, unit=office, using=configured(), now=NOW)

    assert (run.state, run.right, run.asked) == ("failed", None, 3)
    with pytest.raises(activating.NotEvaluated):
        activating.activate(SYSTEM, unit=office, using=configured(), now=NOW)
    client.force_login(MembershipFactory(unit=office, role="admin").user)
    page = client.get(f"/aida/{office.slug}/mutu/").content.decode()
    own = client.get(f"/aida/{office.slug}/mutu/{run.pk}/").content.decode()
    assert "Modelnya tidak menjawab, jatahnya habis, atau pekerjaannya terputus." in page
    assert "Modelnya tidak menjawab, jatahnya habis, atau pekerjaannya terputus." in own
    assert "Semua sesuai harapan." not in own


def test_a_model_that_fails_now_and_then_is_measured(office, model, settings):
    settings.MODEL_SECONDS = 60
    reindex([DocumentFactory(unit=None, state="published", title="Inflasi", text=INFLATION)])
    for number in range(2):
        question = f"Apa itu inflasi{'?' * (number + 1)}"
        EvaluationQuestionFactory(unit=office, question=question, expects="text", expected=["Inflasi"])
    model.replies, model.faults = [says(("Inflasi adalah kenaikan harga umum.", [1]))], ["", "500"]
    run = evaluating.evaluate_now(SYSTEM, unit=office, using=configured(), now=NOW)

    assert (run.state, run.right, run.asked) == ("done", 1.0, 2)


def test_what_is_asked_in_english_is_answered_and_measured_in_english(model, settings, db):
    settings.MODEL_SECONDS = 60
    office = build_office()
    cells = ["Indeks Pembangunan Manusia@3578@2024"]
    for language in ("id", "en"):
        EvaluationQuestionFactory(
            unit=office, question="IPM Surabaya 2024", expects="figure", expected=cells, language=language
        )
    indonesian = says(("Indeks Pembangunan Manusia Kota Surabaya tercatat {S1}.", [1]))
    model.replies = [indonesian, says(("In 2024 the value was {S1}.", [1]))]
    run = evaluating.evaluate_now(SYSTEM, unit=office, using=configured(), now=NOW)

    assert [told(one)["bahasa_jawaban"] for one in model.asked] == ["Indonesia", "Inggris"]
    assert (run.right, run.grounded, run.missed) == (1.0, 1.0, [])


def test_the_cells_of_a_ranking_are_looked_up_and_nothing_stands_for_what_is_not_there(db):
    table = IndicatorFactory(name="IPM")
    for code, kind, value in (("3571", "kota", 70), ("3578", "kota", 80), ("3515", "kabupaten", 80)):
        region = RegionFactory(code=code, kind=kind, parent_code="3500")
        for period in (202300, 202400):
            CellFactory(indicator=table, region=region, period=period, value=value)

    assert cell_keys(["IPM@3500:tertinggi*2@terbaru"]) == ["IPM@3515@2024", "IPM@3578@2024"]
    assert cell_keys(["IPM@3500/kota:terendah@2023"]) == ["IPM@3571@2023", "IPM@3578@2023"]
    assert cell_keys(["Indeks@3578@terbaru", "Indeks@3500:tertinggi@terbaru"]) == []


def test_a_figure_shown_with_another_period_or_measure_is_not_grounded(db):
    office = build_office()
    figures = ask(ANONYMOUS, question="IPM Surabaya 2024", unit=office, client="", now=NOW).figures
    wrong = [{**figures[0], name: said} for name, said in (("period", "2023"), ("measure", "persen"))]

    assert shown_cells(figures, "id") == (["Indeks Pembangunan Manusia@3578@2024"], 1)
    assert [shown_cells([one], "id")[1] for one in wrong] == [0, 0]


def test_runs_from_before_english_questions_can_still_be_compared(office):
    asked = EvaluationQuestionFactory(unit=office, question="Apa?")
    before = sha256(b"Apa?\n\nrefuse\n[]").hexdigest()[:16]

    assert digest_of([asked]) == before
    asked.language = "en"
    assert digest_of([asked]) != before


def test_what_is_not_listed_cannot_be_evaluated_or_used(office):
    EvaluationQuestionFactory(unit=office)
    with pytest.raises(evaluating.UnknownSetup):
        evaluating.begin_evaluation(SYSTEM, unit=office, using=Using("entah"), now=NOW)
    with pytest.raises(evaluating.UnknownSetup):
        activating.activate(SYSTEM, unit=office, using=Using("entah"), now=NOW)
    assert not EvaluationQuestion.objects.filter(expects="figure").exists()


def test_the_page_says_how_it_went_and_charts_it_by_week(office, client, django_user_model):
    admin = django_user_model.objects.create_user("a@contoh.id", "x", name="Admin")
    give_role(SYSTEM, user=admin, unit=office, role="admin")
    client.force_login(admin)
    EvaluationFactory(unit=office, began_at=datetime.now(UTC) - timedelta(days=8), right=0.9)
    run = EvaluationFactory(
        unit=office,
        began_at=datetime.now(UTC),
        missed=[{"question": "<b>?", "expects": "text", "answer": "x"}],
    )
    page = client.get(f"/aida/{office.slug}/mutu/").content.decode()

    assert "Dijawab benar 100,0% pada minggu terakhir, 90,0% pada minggu pertama." in page
    assert client.post(f"/aida/{office.slug}/mutu/pakai/", {"model": "entah"}).status_code == 422
    model = {"model": "model-uji", "prompt": "jawaban-1"}
    refused = client.post(f"/aida/{office.slug}/mutu/pakai/", model, follow=True).content.decode()
    assert "Susunan ini belum dinilai" in refused
    assert "Yang menyusun jawaban" in refused
    detail = client.get(f"/aida/{office.slug}/mutu/{run.pk}/").content.decode()
    assert "&lt;b&gt;?" in detail


def test_the_page_tells_a_setup_in_use_that_was_never_evaluated_from_no_evaluation(
    office, client, django_user_model
):
    admin = django_user_model.objects.create_user("a@contoh.id", "x", name="Admin")
    give_role(SYSTEM, user=admin, unit=office, role="admin")
    client.force_login(admin)
    put_to_use()
    never = "Belum pernah dinilai."
    assert never in client.get(f"/aida/{office.slug}/mutu/").content.decode()
    EvaluationFactory(unit=office, began_at=datetime.now(UTC))
    page = client.get(f"/aida/{office.slug}/mutu/").content.decode()

    assert ("Susunan yang dipakai belum dinilai." in page, never in page) == (True, False)


@pytest.mark.parametrize(
    ("language", "part", "time"), [("id", "97,5%", "1.234 ms"), ("en", "97.5%", "1,234 ms")]
)
def test_measures_are_written_as_their_reader_writes(language, part, time):
    with translation.override(language):
        assert (share(0.975), milliseconds(1234.0)) == (part, time)


def test_the_page_tells_how_a_model_did_of_late_and_why_it_did_not_answer(client, db):
    office = UnitFactory()
    client.force_login(MembershipFactory(unit=office, role="admin").user)
    page = reverse("assistant:quality", args=[office.slug])
    assert "24 jam terakhir" not in client.get(page).content.decode()

    now = timezone.now()
    for minutes, state, verdict, reason in (
        (5, "left", "unavailable", "resting"), (6, "left", "unavailable", "refused"),
        (7, "done", "passed", ""), (8, "left", "rejected", "number"), (9, "left", "spent", ""),
        (60 * 25, "left", "unavailable", "dead"),
    ):  # fmt: skip
        turn = TurnFactory(conversation__unit=office, asked_at=now - timedelta(minutes=minutes))
        WordingFactory(turn=turn, state=state, verdict=verdict, reason=reason)
    WordingFactory(state="left", verdict="unavailable", reason="dead")  # of another office

    said = " ".join(client.get(page).content.decode().split())
    assert "Model tidak menjawab 2 dari 5 kali dalam 24 jam terakhir." in said
    assert "server model menolak permintaan, misalnya karena nama model atau kuncinya salah." in said
    assert "Jatah model habis 1 kali dalam 24 jam terakhir." in said
    assert "5 jawaban hendak dirangkai model: 1 terangkai, 1 tidak lolos pemeriksaan, 0 tanpa sumber" in said
