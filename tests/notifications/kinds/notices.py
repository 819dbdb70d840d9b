"""The kinds of notices the tests send; an app of its own, so that worker processes find them too."""

from halopst.notifications.kinds import Group, NoticeKind, declare

GREETING = declare(
    NoticeKind(
        code="tests.greeting",
        label="Salam",
        variables={"nama": "Wening", "waktu": "Senin, 23 November 2026, 10.00 WIB"},
        subject_id="Halo {nama}",
        body_id="Halo {nama}, jadwal Anda {waktu}.",
        subject_en="Hello {nama}",
        body_en="Hello {nama}, your appointment is on {waktu}.",
        whatsapp_template="salam",
    )
)
URGENT = declare(
    NoticeKind(
        code="tests.urgent",
        label="Mendesak",
        variables={"nama": "Wening"},
        subject_id="Segera, {nama}",
        body_id="Tautan rapat Anda berganti, {nama}.",
        subject_en="At once, {nama}",
        body_en="Your meeting link has changed, {nama}.",
        whatsapp_template="mendesak",
        urgent=True,
    )
)
NEWS = declare(
    NoticeKind(
        code="tests.news",
        label="Kabar",
        variables={"nama": "Wening"},
        subject_id="Kabar untuk {nama}",
        body_id="Rilis baru sudah terbit, {nama}.",
        subject_en="News for {nama}",
        body_en="A new release is out, {nama}.",
        whatsapp_template="kabar",
        group=Group.NEWS,
    )
)
