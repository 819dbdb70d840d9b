import pytest

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.notifications.kinds import NoticeKind, declare, kind_named
from halopst.notifications.models import Notice, Text
from halopst.notifications.queries import text_for
from halopst.notifications.services import texts
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.notifications.factories import MORNING, TextFactory
from tests.notifications.test_outbox import tell
from tests.units.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
KIND = kind_named("tests.greeting")
WORDS = {"subject": "Sugeng rawuh {nama}", "body": "Panjenengan {nama} dijadwalkan {waktu}."}


@pytest.fixture
def unit():
    return UnitFactory(parent=ProvinceFactory())


@pytest.fixture
def admin(unit):
    return actor(unit)


def actor(unit, user=None):
    user = user or MembershipFactory(unit=unit, role="admin").user
    return Actor(user_id=user.pk, label="user", grants={"notifications.manage": frozenset({unit.pk})})


def draft(admin, unit, **words):
    return texts.save_draft(admin, unit, kind=KIND, language="id", **WORDS | words)


def publish(admin, unit, now=MORNING):
    return texts.publish_draft(admin, unit, kind=KIND, language="id", now=now)


def test_a_draft_reaches_nobody_until_it_is_published(admin, unit):
    draft(admin, unit)
    assert tell(unit=unit, key="1").subject == "Halo Wening"

    publish(admin, unit)
    notice = tell(unit=unit, key="2")
    assert (notice.subject, notice.text_version) == ("Sugeng rawuh Wening", 1)


def test_each_publication_is_a_new_version_and_the_old_ones_stay(admin, unit):
    draft(admin, unit)
    publish(admin, unit)
    draft(admin, unit, subject="Matur nuwun {nama}")
    draft(admin, unit, subject="Matur suwun {nama}")
    publish(admin, unit)

    assert list(Text.objects.values_list("version", "state", "subject")) == [
        (2, "terbit", "Matur suwun {nama}"),
        (1, "ditarik", "Sugeng rawuh {nama}"),
    ]


def test_what_was_told_keeps_its_words(admin, unit):
    before = tell(unit=unit, key="1")
    draft(admin, unit)
    publish(admin, unit)

    before.refresh_from_db()
    assert before.subject == "Halo Wening"


def test_a_regency_speaks_with_its_provinces_words_until_it_has_its_own(admin, unit):
    TextFactory(unit=unit.parent, subject="Dari provinsi, {nama}", state="terbit", published_at=MORNING)
    assert tell(unit=unit, key="1").subject == "Dari provinsi, Wening"

    draft(admin, unit)
    publish(admin, unit)
    assert tell(unit=unit, key="2").subject == "Sugeng rawuh Wening"
    assert tell(unit=UnitFactory(), key="3").subject == "Halo Wening"


def test_withdrawn_the_platforms_words_return(admin, unit):
    draft(admin, unit)
    publish(admin, unit)
    texts.withdraw(admin, unit, kind=KIND, language="id", now=MORNING)

    assert text_for(unit, KIND, "id").subject == "Halo {nama}"
    with pytest.raises(texts.NothingToWithdraw):
        texts.withdraw(admin, unit, kind=KIND, language="id", now=MORNING)


def test_a_variable_nobody_promised_is_named_together_with_those_there_are(admin, unit):
    with pytest.raises(texts.UnknownVariable) as refusal:
        draft(admin, unit, body="Temui {ahli} di {ruang}.")

    assert str(refusal.value) == (
        "{ahli}, {ruang} tidak dikenal di pesan ini. Yang dapat dipakai: {nama}, {waktu}."
    )
    assert not Text.objects.exists()


@pytest.mark.parametrize(
    "body", ["Halo {nama", "Halo nama}", "{{nama}}", "{nama!r}", "{nama.__class__}", "{0}"]
)
def test_a_brace_that_is_no_variable_is_refused_and_nothing_is_evaluated(admin, unit, body):
    with pytest.raises(texts.UnknownVariable, match="kurung kurawal"):
        draft(admin, unit, body=body)


@pytest.mark.parametrize("words", [{"subject": " "}, {"body": "\n"}])
def test_an_empty_text_is_refused(admin, unit, words):
    with pytest.raises(texts.TextIncomplete):
        draft(admin, unit, **words)


def test_a_value_that_looks_like_a_variable_stays_as_it_was_written(unit):
    notice = tell(unit=unit, context={"nama": "{waktu}", "waktu": "nanti"})

    assert notice.body == "Halo {waktu}, jadwal Anda nanti."


def test_a_published_text_whose_variable_has_gone_gives_way_to_the_platforms(unit):
    TextFactory(unit=unit, body="Temui {ahli}.", state="terbit", published_at=MORNING)

    assert tell(unit=unit).subject == "Halo Wening"


def test_a_try_goes_to_oneself_with_example_values(smtp, work, admin, unit):
    texts.send_test(admin, unit, kind=KIND, language="id", **WORDS, key="1", now=MORNING)
    work(MORNING)

    (mail,) = smtp.mails
    assert mail["Subject"] == "[Uji] Sugeng rawuh Wening"
    assert Notice.objects.get().user_id == admin.user_id


def test_only_who_manages_the_office_may_change_its_words(unit):
    stranger = actor(UnitFactory(), UserFactory())
    for act in (
        lambda: draft(stranger, unit),
        lambda: publish(stranger, unit),
        lambda: texts.withdraw(stranger, unit, kind=KIND, language="id", now=MORNING),
        lambda: texts.send_test(stranger, unit, kind=KIND, language="id", **WORDS, key="1", now=MORNING),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert not Text.objects.exists()


def test_a_kind_whose_own_texts_promise_too_much_cannot_be_declared():
    values = {"variables": {}, "subject_id": "", "body_id": "{nama}", "subject_en": "", "body_en": ""}
    with pytest.raises(ValueError, match="undeclared variables"):
        declare(NoticeKind(code="tests.broken", label="", **values))


def test_a_kind_is_declared_once():
    values = {"variables": {}, "subject_id": "A", "body_id": "", "subject_en": "", "body_en": ""}
    with pytest.raises(ValueError, match="declared twice"):
        declare(NoticeKind(code="tests.greeting", label="", **values))
