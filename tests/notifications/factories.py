from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.notifications.models import (
    AttachedFile,
    Channel,
    Contact,
    Delivery,
    Inbound,
    Notice,
    Preference,
    ProviderError,
    QuietHours,
    Text,
    WebhookReceipt,
    WhatsAppTemplate,
)
from tests.accounts.factories import UserFactory
from tests.units.factories import UnitFactory

MORNING = datetime(2025, 11, 24, 3, 0, tzinfo=UTC)  # 10.00 WIB, a Monday


class NoticeFactory(ModelFactory[Notice]):
    class Meta:
        model = Notice

    unit = factory.SubFactory(UnitFactory)
    kind = "tests.greeting"
    key = factory.Sequence(lambda n: f"tests.greeting:{n}")
    user = factory.SubFactory(UserFactory)
    name = factory.LazyAttribute(lambda notice: notice.user.name if notice.user else "")
    email = factory.LazyAttribute(lambda notice: notice.user.email if notice.user else "")
    context = {"nama": "Wening"}
    subject = "Halo Wening"
    body = "Permintaan Anda kami terima, Wening."
    at = MORNING


class AttachedFileFactory(ModelFactory[AttachedFile]):
    class Meta:
        model = AttachedFile

    notice = factory.SubFactory(NoticeFactory)
    name = "jadwal.ics"
    content_type = "text/calendar; method=REQUEST"
    content = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class DeliveryFactory(ModelFactory[Delivery]):
    class Meta:
        model = Delivery

    notice = factory.SubFactory(NoticeFactory)
    channel = Channel.EMAIL
    next_at = factory.LazyAttribute(lambda delivery: delivery.notice.at)
    give_up_at = factory.LazyAttribute(lambda delivery: delivery.next_at + timedelta(days=1))


class PreferenceFactory(ModelFactory[Preference]):
    class Meta:
        model = Preference

    user = factory.SubFactory(UserFactory)
    group = "layanan"
    channel = Channel.EMAIL
    wanted = False


class QuietHoursFactory(ModelFactory[QuietHours]):
    class Meta:
        model = QuietHours

    unit = factory.SubFactory(UnitFactory)


class TextFactory(ModelFactory[Text]):
    class Meta:
        model = Text

    unit = factory.SubFactory(UnitFactory)
    kind = "tests.greeting"
    version = 1
    subject = "Selamat datang {nama}"
    body = "Kami senang Anda menulis, {nama}."


class ContactFactory(ModelFactory[Contact]):
    class Meta:
        model = Contact

    phone = factory.Sequence(lambda n: f"62812{n:08d}")
    opted_in_at = MORNING
    opted_in_how = "preferences"


class InboundFactory(ModelFactory[Inbound]):
    class Meta:
        model = Inbound

    unit = factory.SubFactory(UnitFactory)
    contact = factory.SubFactory(ContactFactory)
    provider_id = factory.Sequence(lambda n: f"wamid.{n}")
    kind = "text"
    text = "Halo"
    at = MORNING


class WebhookReceiptFactory(ModelFactory[WebhookReceipt]):
    class Meta:
        model = WebhookReceipt

    digest = factory.Sequence(lambda n: f"{n:064x}")
    payload = {"object": "whatsapp_business_account", "entry": []}
    received_at = MORNING


class ProviderErrorFactory(ModelFactory[ProviderError]):
    class Meta:
        model = ProviderError
        django_get_or_create = ("channel", "code")

    channel = Channel.EMAIL
    code = "4xx"
    action = ProviderError.Action.RETRY
    sentence = "Peladen menolak sementara."
    source = "RFC 5321"


class WhatsAppTemplateFactory(ModelFactory[WhatsAppTemplate]):
    class Meta:
        model = WhatsAppTemplate

    name = factory.Sequence(lambda n: f"templat_{n}")
    language = "id"
