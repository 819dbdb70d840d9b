from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory as ModelFactory
from psycopg.types.range import DateRange

from halopst.letters.models import (
    Batch,
    BatchItem,
    Classification,
    Letter,
    LetterNumber,
    NumberPattern,
    NumberSeries,
    ScanFinding,
    ScanStack,
    Signatory,
    Signing,
    Template,
)
from tests.letters.kinds import BODY, contract
from tests.units.factories import UnitFactory

# Friday 20 November 2026, 09.00 WIB.
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


class ClassificationFactory(ModelFactory[Classification]):
    class Meta:
        model = Classification

    unit = None
    code = factory.Sequence(lambda n: f"XX.{n:04d}")
    title = "Contoh"
    period = DateRange(date(2019, 1, 1), None)
    basis = "Contoh"


class TemplateFactory(ModelFactory[Template]):
    class Meta:
        model = Template
        django_get_or_create = ("unit", "kind", "valid_from")

    unit = factory.SubFactory(UnitFactory)
    kind = "tests.contract"
    version = factory.Sequence(lambda n: n + 1)
    state = Template.State.PUBLISHED
    valid_from = date(2026, 1, 1)
    published_at = NOW
    body = BODY


class NumberPatternFactory(ModelFactory[NumberPattern]):
    class Meta:
        model = NumberPattern

    unit = factory.SubFactory(UnitFactory)
    kind = "tests.contract"
    counter = "SPK"
    pattern = "{derajat}-{urut:03}{sisip}/{unit}/{klasifikasi}/{tahun}"
    classification = "VS.330"
    valid_from = date(2026, 1, 1)
    basis = "Contoh"


class NumberSeriesFactory(ModelFactory[NumberSeries]):
    class Meta:
        model = NumberSeries

    unit = factory.SubFactory(UnitFactory)
    counter = factory.Sequence(lambda n: f"S{n}")
    period = "2026"


class LetterNumberFactory(ModelFactory[LetterNumber]):
    class Meta:
        model = LetterNumber

    unit = factory.SubFactory(UnitFactory)
    series = factory.SubFactory(NumberSeriesFactory, unit=factory.SelfAttribute("..unit"))
    sequence = 1
    text = factory.Sequence(lambda n: f"B-{n:05d}/35780/VS.330/2026")
    dated_on = TODAY


class SignatoryFactory(ModelFactory[Signatory]):
    class Meta:
        model = Signatory

    unit = factory.SubFactory(UnitFactory)
    role = Signatory.Role.COMMITMENT
    name = "Budi Contoh, S.ST."
    nip = "198001012005011001"
    title = "Pejabat Pembuat Komitmen"
    basis = "SK-12/CONTOH/2026"
    period = DateRange(date(2026, 1, 1), None)


class BatchFactory(ModelFactory[Batch]):
    class Meta:
        model = Batch

    unit = factory.SubFactory(UnitFactory)
    kind = "tests.contract"
    total = 1
    started_at = NOW


class LetterFactory(ModelFactory[Letter]):
    class Meta:
        model = Letter

    unit = factory.SubFactory(UnitFactory)
    kind = "tests.contract"
    template = factory.SubFactory(TemplateFactory, unit=factory.SelfAttribute("..unit"))
    state = Letter.State.FINAL
    title = "Perjanjian kerja mitra"
    about = factory.Sequence(lambda n: f"tests:{n}")
    data = factory.LazyFunction(contract)
    parties = ["S.C.", "B.C."]
    number = factory.SubFactory(LetterNumberFactory, unit=factory.SelfAttribute("..unit"))
    dated_on = TODAY
    token = factory.Sequence(lambda n: f"token-{n:018d}")
    file = factory.LazyAttribute(lambda row: f"surat/{row.token}.pdf")
    sha256 = "0" * 64
    pages = 1
    size = 10
    final_at = NOW


class SigningFactory(ModelFactory[Signing]):
    class Meta:
        model = Signing

    letter = factory.SubFactory(LetterFactory)
    method = Signing.Method.WET
    file = factory.Sequence(lambda n: f"surat/pindai-{n}.pdf")
    sha256 = "1" * 64
    pages = 1
    signer = "Budi Contoh"
    signed_at = NOW

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        unit = kwargs.pop("letter__unit", None)
        if unit is not None:
            kwargs["letter"] = LetterFactory(unit=unit)
        return super()._create(model_class, *args, **kwargs)


class BatchItemFactory(ModelFactory[BatchItem]):
    class Meta:
        model = BatchItem

    batch = factory.SubFactory(BatchFactory)
    position = factory.Sequence(lambda n: n + 1)
    about = factory.Sequence(lambda n: f"tests:{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        unit = kwargs.pop("batch__unit", None)
        if unit is not None:
            kwargs["batch"] = BatchFactory(unit=unit)
        return super()._create(model_class, *args, **kwargs)


class ScanStackFactory(ModelFactory[ScanStack]):
    class Meta:
        model = ScanStack

    unit = factory.SubFactory(UnitFactory)
    signer = "Budi Contoh"
    file = factory.Sequence(lambda n: f"surat/tumpukan-{n}.pdf")
    pages = 3
    given_at = NOW


class ScanFindingFactory(ModelFactory[ScanFinding]):
    class Meta:
        model = ScanFinding

    stack = factory.SubFactory(ScanStackFactory)
    first_page = factory.Sequence(lambda n: n + 1)
    page_count = 1
    fault = "Kode QR tidak terbaca."


def office(**fields):
    """An office that can make contracts: it has a template and a number pattern of its own."""
    unit = UnitFactory(**fields)
    TemplateFactory(unit=unit)
    NumberPatternFactory(unit=unit)
    return unit
