"""The same instant in every channel, in the office's zone with its name (R-31)."""

from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from halopst.core.formats import moment
from halopst.notifications.models import Channel, Delivery
from halopst.notifications.services import notify, recipient_of
from halopst.notifications.services.letters import chat_for, mail_for
from tests.accounts.factories import UserFactory
from tests.notifications.factories import MORNING
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
LABELS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
INSTANTS = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    datetime(2031, 1, 1),  # noqa: DTZ001  # as above
    timezones=st.just(UTC),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(at=INSTANTS, zone=st.sampled_from(sorted(LABELS)), language=st.sampled_from(["id", "en"]))
def test_mail_whatsapp_and_inbox_name_one_instant(db, at, zone, language):
    unit, user = UnitFactory(zone=zone), UserFactory(language=language)
    said = moment(at, unit.tz, lang=language)
    notice = notify(
        kind="tests.greeting",
        unit=unit,
        to=recipient_of(user),
        context={"nama": "Wening", "waktu": said},
        about="",
        key=f"sama:{user.pk}",
        now=MORNING,
    )
    delivery = Delivery(
        notice=notice, channel=Channel.WHATSAPP, next_at=MORNING, give_up_at=MORNING + timedelta(1)
    )
    mail, template = mail_for(delivery), chat_for(delivery, free_text=False).template

    local = at.astimezone(ZoneInfo(zone))
    assert f"{local:%H}{':' if language == 'en' else '.'}{local:%M} {LABELS[zone]}" in said
    assert said in notice.body
    assert said in mail.text
    assert said in unescape(strip_tags(mail.html))
    assert said in chat_for(delivery, free_text=True).text
    assert said in template.parameters
