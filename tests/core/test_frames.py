"""The frames around every page, and the pages for when things go wrong."""

import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails
from pytest_django.asserts import assertInHTML

from halopst.core.shapes import NavGroup, NavItem
from halopst.core.templatetags.ui import register

UNIT = SimpleNamespace(name="BPS Kota <Contoh>", address="Jl. Contoh 1\nContoh")
PERSON = SimpleNamespace(name="Ratih", photo="", note="Petugas")
ITEMS = [NavItem("a", "Layanan", "/a", "house", badge=2), NavItem("b", "Janji", "/b", "ticket")]
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"]


def request(path="/", **headers):
    made = RequestFactory().get(path, headers=headers)
    made.htmx = HtmxDetails(made)
    return made


def frame(template, language="id", path="/", headers=None, **context):
    with translation.override(language):
        return render_to_string(template, {"request": request(path, **(headers or {})), **context})


def public(**context):
    return frame(
        "publik.html",
        **{
            "unit": UNIT,
            "unit_hours": ["Senin sampai Jumat 08.00–15.30 WIB"],
            "nav_items": ITEMS,
            "dock_items": ITEMS,
            "foot_groups": [NavGroup("Bantuan", (NavItem("p", "Privasi", "/privasi"),))],
            "sign_in_url": "/akun/masuk/",
            **context,
        },
    )


def test_the_public_frame_says_whose_site_it_is_and_where():
    page = public(active="a")

    assert "Situs resmi Badan Pusat Statistik" in page
    assert "BPS Kota &lt;Contoh&gt;" in page
    assert "Jl. Contoh 1<br>Contoh" in page
    assert "Senin sampai Jumat 08.00–15.30 WIB" in page
    assertInHTML('<a href="/a" aria-current="page">Layanan</a>', page)
    assert '<a href="/privasi">Privasi</a>' in page
    assert 'href="/akun/masuk/"' in page


def test_the_public_frame_stands_without_any_context():
    page = frame("publik.html")

    assert '<main id="isi"' in page
    assert 'class="dock"' not in page
    assert "<address>" not in page


def test_the_language_changes_by_a_form_that_needs_no_script():
    page = public(path="/jatim/?q=1")

    assert 'class="lang" method="post" action="/bahasa/setlang/"' in page
    assert 'name="next" value="/jatim/?q=1"' in page
    assert '<button name="language" value="id" lang="id" aria-current="true">' in page
    assert '<html lang="en"' in frame("publik.html", "en")
    assert "Skip to content" in frame("publik.html", "en")


def test_a_signed_in_person_gets_a_menu_instead_of_a_sign_in_link():
    page = public(person=PERSON, account_items=[ITEMS[0]], sign_out_url="/keluar/")

    assert 'action="/keluar/"' in page
    assert "Akun Ratih" in page
    assert "/akun/masuk/" not in page


def test_the_workroom_shows_what_waits_in_words_too():
    page = frame(
        "kerja.html",
        rail_items=ITEMS,
        active="b",
        notices_url="/pemberitahuan/",
        unread_count=3,
        search_url="/cari/",
        person=PERSON,
    )

    assert '<span class="n">2<span class="vh"> baru</span></span>' in page
    assert "Pemberitahuan, 3 belum dibaca" in page
    assert '<form class="search-f" role="search" method="get" action="/cari/">' in page
    assert "hx-sse" in page
    assert "hx-sse" not in public()


def test_the_workroom_stands_without_any_context():
    page = frame("kerja.html")

    assert '<main id="isi"' in page
    assert "Peragaan" not in page


def test_messages_are_toasts_but_errors_are_notes():
    said = [Message(constants.SUCCESS, "Terkirim."), Message(constants.ERROR, "Berkas terlalu besar.")]
    page = frame("masuk.html", messages=said)

    assert page.count('<div class="toast">') == 1
    assert page.count("note--bad") == 1


def test_those_who_save_data_get_no_font():
    saving = frame("publik.html", headers={"save-data": "on"})

    assert "data-hemat" in saving
    assert "woff2" not in saving
    assert "woff2" in frame("publik.html")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("template", ERRORS)
def test_an_error_page_has_one_next_step(template, language):
    page = frame(template, language)

    assert page.count('class="btn btn--main"') == 1
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("template", ["404.html", "500.html"])
def test_an_error_page_needs_nothing_from_the_request(template):
    assert "<h1>" in render_to_string(template)


def test_a_refusal_is_a_page_with_a_way_back():
    page = frame(
        "refused.html", message="Slot <10.00> sudah terisi.", headers={"referer": "http://testserver/janji/"}
    )

    assert "<p>Slot &lt;10.00&gt; sudah terisi.</p>" in page
    assert 'href="/janji/"' in page


def test_a_refusal_is_only_a_sentence_when_htmx_asked():
    answer = frame("refused.html", message="Slot sudah terisi.", headers={"hx-request": "true"})

    assert answer.strip().startswith('<div class="note note--bad">')
    assert "<html" not in answer


def test_pages_load_nothing_from_outside():
    for template in ("publik.html", "kerja.html", "masuk.html"):
        assert set(re.findall(r'(?:src|href)="(https?:)?//', frame(template))) == set()


def test_the_first_public_page_weighs_at_most_eighty_kilobytes():
    page = public()
    files = [path for path in re.findall(r'(?:src|href)="/static/([^"]+)"', page) if not path.endswith("svg")]
    sizes = {path: weight(path) for path in files}

    assert {path.rsplit(".", 1)[1] for path in sizes} == {"css", "js", "woff2"}
    assert sum(sizes.values()) + len(gzip.compress(page.encode(), 9)) <= 80 * 1024, sizes


def weight(path):
    content = Path(finders.find(path)).read_bytes()
    return len(content) if path.endswith("woff2") else len(gzip.compress(content, 9))


def test_the_gallery_is_for_developers_only(client, settings):
    settings.DEBUG = True
    assert client.get("/_komponen/").status_code == 200
    settings.DEBUG = False
    assert client.get("/_komponen/").status_code == 404


def test_the_gallery_shows_every_component():
    elsewhere = {"back_url", "current", "glyph", "mending", "mending_url", "petals", "search_count"}
    shown = set(re.findall(r"{% (\w+)", get_template("core/komponen.html").template.source))

    assert sorted(set(register.tags) - shown - elsewhere) == []
