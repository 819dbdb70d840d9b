from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from psycopg.types.range import DateRange

from tests.access.people import World, subject
from tests.letters.factories import (
    TODAY,
    BatchFactory,
    BatchItemFactory,
    ClassificationFactory,
    LetterFactory,
    NumberPatternFactory,
    NumberSeriesFactory,
    ScanStackFactory,
    SignatoryFactory,
    SigningFactory,
    TemplateFactory,
)
from tests.letters.kinds import contract


def stored(name):
    return default_storage.save(name, ContentFile(b"%PDF-1.7"))


@subject("letter")
def letter(world: World, place, who):
    made = LetterFactory(unit=world.unit_at(place), file=stored("surat/uji.pdf"))
    return {"kwargs": {"pk": made.pk}}


@subject("signed-letter")
def signed_letter(world: World, place, who):
    made = SigningFactory(letter=LetterFactory(unit=world.unit_at(place)), file=stored("surat/ttd.pdf"))
    return {"kwargs": {"pk": made.letter_id, "signing": made.pk}}


@subject("letter-token")
def letter_token(world: World, place, who):
    return {"kwargs": {"token": LetterFactory(unit=world.unit_at(place)).token}}


@subject("letter-batch")
def letter_batch(world: World, place, who):
    unit = world.unit_at(place)
    made = BatchFactory(unit=unit, merged=stored("surat/uji-g.pdf"), archive=stored("surat/uji.zip"))
    BatchItemFactory(batch=made, state="failed", error="Belum punya rekening.", repair_url="/mitra/")
    return {"kwargs": {"pk": made.pk}}


@subject("letter-office")
def letter_office(world: World, place, who):
    return {"kwargs": {"slug": world.unit_at(place).slug}}


@subject("letter-stack")
def letter_stack(world: World, place, who):
    made = ScanStackFactory(unit=world.unit_at(place))
    return {"kwargs": {"slug": made.unit.slug, "pk": made.pk}}


@subject("letter-template")
def letter_template(world: World, place, who):
    unit = world.unit_at(place)
    TemplateFactory(unit=unit, word=b"PK")
    return {"kwargs": {"slug": unit.slug, "kind": "tests.contract"}}


@subject("number-series")
def number_series(world: World, place, who):
    made = NumberSeriesFactory(unit=world.unit_at(place))
    return {"kwargs": {"slug": made.unit.slug, "pk": made.pk}}


@subject("signatory")
def signatory(world: World, place, who):
    made = SignatoryFactory(unit=world.unit_at(place), period=DateRange(TODAY, None))
    return {"kwargs": {"slug": made.unit.slug, "pk": made.pk}}


@subject("classification")
def classification(world: World, place, who):
    made = ClassificationFactory(unit=world.unit_at(place))
    return {"kwargs": {"slug": made.unit.slug, "pk": made.pk}}


@subject("letter-to-issue")
def letter_to_issue(world: World, place, who):
    unit = world.unit_at(place)
    TemplateFactory(unit=unit)
    NumberPatternFactory(unit=unit)
    return {
        "data": {
            "unit": unit.slug,
            "kind": "tests.contract",
            "data": contract(),
            "about": "uji:1",
            "parties": ["Sri Contoh"],
            "dated_on": "2026-11-20",
        }
    }
