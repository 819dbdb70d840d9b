"""The components: their markup, their words, and that no visitor's text ever becomes markup."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import translation
from pytest_django.asserts import assertHTMLEqual, assertInHTML

from halopst.core.shapes import Clock, Moment, NavItem, Option, Series, Step
from halopst.core.templatetags.ui import register

EVIL = "\"><img src=x onerror=alert(1)>'&"
LONG = "Muhammad" * 60
VIEWS = [NavItem("a", "Satu", "/a", badge=3), NavItem("b", "Dua", "/b")]


def ui(source, language="id", **context):
    with translation.override(language):
        return engines["django"].from_string("{% load ui %}" + source).render(context)


class Form(forms.Form):
    name = forms.CharField(label="Nama lengkap", help_text="Seperti di KTP.")
    email = forms.EmailField(label="Surel", required=False)
    phone = forms.CharField(widget=forms.TextInput(attrs={"type": "tel", "class": "wide"}))
    purpose = forms.ChoiceField(
        label="Keperluan", choices=[("s", "Skripsi"), ("b", "Bisnis")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Setuju")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


# Marks


def test_an_icon_is_decoration_without_white_space():
    drawn = ui('{% icon "ticket" "i--lg" %}')

    assert 'class="i i--lg" aria-hidden="true"' in drawn
    assert "\n" not in drawn


def test_an_unknown_icon_is_an_error_before_anyone_sees_the_page():
    with pytest.raises(Exception, match="no-such-icon"):
        ui('{% icon "no-such-icon" %}')


def test_an_avatar_keeps_its_colour_and_says_nothing_twice():
    first, second = (
        ui("{% avatar n %}", n="Ratih Kusumawardani"),
        ui("{% avatar n %}", n="Ratih Kusumawardani"),
    )

    assert first == second
    assert re.fullmatch(r'<span class="ava ava--[1-5]" aria-hidden="true">RK</span>', first)


def test_an_avatar_shows_the_photo_at_its_address():
    assertInHTML(
        '<img src="/foto/1.jpg" alt="" loading="lazy" width="64" height="64">',
        ui('{% avatar "Sri" photo="/foto/1.jpg" size="lg" live=True %}'),
    )


@pytest.mark.parametrize("tone", ["", "info", "ok", "warn", "bad"])
def test_a_status_is_always_icon_and_word(tone):
    drawn = ui("{% tag word tone=tone %}", word="Menunggu", tone=tone)

    assert "<svg" in drawn
    assert drawn.endswith("Menunggu</span>")


def test_a_rating_says_how_many_people_gave_it():
    assert "<b>4,8</b>" in ui("{% rating 4.84 1096 %}")
    assert "dari 1.096 penilaian" in ui("{% rating 4.84 1096 %}")
    assert "from 1 rating<" in ui("{% rating 5 1 %}", "en")
    assert ui("{% rating v 0 %}", v=None) == '<span class="rate faint">Belum ada penilaian</span>'


def test_stars_have_words():
    assert 'aria-label="4 dari 5 bintang"' in ui("{% stars 4 %}")
    assert ui("{% stars 4 %}").count("i--off") == 1


def test_a_qr_code_says_what_scanning_does():
    drawn = ui('{% qr "https://x.example/1" label="Lacak permintaan" %}')

    assert drawn.startswith('<div class="qr" role="img" aria-label="Lacak permintaan"><svg')


# Actions


def test_a_button_is_a_link_only_when_it_leads_somewhere():
    assertHTMLEqual(
        ui('{% button "Kirim" kind="main" %}'), '<button class="btn btn--main" type="submit">Kirim</button>'
    )
    assertHTMLEqual(ui('{% button "Ubah" url="/ubah" %}'), '<a class="btn" href="/ubah">Ubah</a>')


def test_button_options_become_attributes_and_false_ones_vanish():
    assertHTMLEqual(
        ui(
            '{% button "Hapus" kind="bad" name="hapus" value="7" disabled=no hx_post="/x" about="no 7" %}',
            no=False,
        ),
        '<button class="btn btn--bad" type="submit" name="hapus" value="7" hx-post="/x">'
        'Hapus<span class="vh">, no 7</span></button>',
    )
    assert "disabled" in ui('{% button "Hapus" disabled=True %}')


def test_an_icon_button_has_a_name():
    assert 'aria-label="Tutup"' in ui('{% icon_button "x" "Tutup" %}')
    assert ui('{% icon_button "x" "Tutup" url="/a" size="sm" %}').startswith("<a ")


def test_a_filter_in_force_says_so():
    assert 'aria-current="true"' in ui('{% chip "Semua" "/semua" on=True %}')
    assert "aria-current" not in ui('{% chip "Semua" "/semua" %}')


def test_the_current_page_is_marked_by_key_or_by_address():
    request = RequestFactory().get("/b")

    assert ui("{% current i %}", i=VIEWS[0], active="a") == ' aria-current="page"'
    assert ui("{% current i %}", i=VIEWS[1], active="a", request=request) == ""
    assert ui("{% current i %}", i=VIEWS[1], request=request) == ' aria-current="page"'


def test_a_choice_offers_the_whole_first_and_marks_what_is_chosen():
    drawn = ui('{% choice "Tahun" "tahun" v 2025 whole="Semua tahun" %}', v=[(2026, 2026), (2025, 2025)])

    options = re.findall(r'<option value="(\w*)"([^>]*)>\s*([^<]*?)\s*<', drawn)
    assert [(value, name) for value, _rest, name in options] == [
        ("", "Semua tahun"),
        ("2026", "2026"),
        ("2025", "2025"),
    ]
    assert ["selected" in rest for _value, rest, _name in options] == [False, False, True]


def test_choices_keep_what_was_searched_for():
    request = RequestFactory().get("/mitra/")
    drawn = ui('{% choices q="andi" jenis="" %}isi{% endchoices %}', request=request)

    assertInHTML('<input type="hidden" name="q" value="andi">', drawn)
    assertInHTML('<input type="hidden" name="jenis" value="" disabled>', drawn)
    assert 'action="/mitra/"' in drawn
    assert 'hx-target="#daftar"' in drawn


def test_tabs_and_segments_are_links():
    assert ui('{% tabs v "a" %}', v=VIEWS).count("<a ") == 2
    assertInHTML('<a href="/b" aria-current="page">Dua</a>', ui('{% seg v "b" label="Tampilkan" %}', v=VIEWS))


@pytest.mark.parametrize(
    ("referer", "expected"),
    [
        ("http://testserver/konsultasi/", "/konsultasi/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_never_leads_to_another_site(referer, expected):
    request = RequestFactory().get("/x", headers={"referer": referer})

    assert ui("{% back_url %}", request=request) == expected
    assert ui("{% back_url %}") == "/"


# Panels


def test_a_card_with_a_title_is_a_section():
    assertHTMLEqual(
        ui('{% card title="Rincian" id="r" tight=True cls="s4" %}<p>Isi</p>{% endcard %}'),
        '<section class="card card--tight s4" id="r"><h2 class="card__t">Rincian</h2><p>Isi</p></section>',
    )


def test_a_note_has_an_icon_for_its_tone():
    assert ui('{% note tone="bad" %}Penuh.{% endnote %}').startswith('<div class="note note--bad"><svg')
    assert ui("{% note %}Halo.{% endnote %}").startswith('<div class="note"><svg')


def test_an_empty_state_says_what_and_why():
    drawn = ui('{% empty title="Belum ada" level=2 %}<p>Mulai di sini.</p>{% endempty %}')

    assert "<h2>Belum ada</h2><p>Mulai di sini.</p>" in drawn


def test_steps_mark_where_the_visitor_is_and_lead_back():
    drawn = ui("{% steps s 2 %}", s=[Step("Ahli", "/ahli"), "Waktu", Step("Topik", "/topik")])

    assert 'aria-label="Langkah 2 dari 3"' in drawn
    assert '<a href="/ahli">Ahli</a>' in drawn
    assertInHTML('<li aria-current="step"><b>2</b><span>Waktu</span></li>', drawn)
    assert "/topik" not in drawn


@pytest.mark.parametrize(("percent", "filled"), [(50, "25.1"), (0, "0.0"), (-5, "0.0"), (140, "50.3")])
def test_the_ring_of_a_clock_is_never_more_than_full(percent, filled):
    assert f'stroke-dasharray="{filled} 50.3"' in ui('{% sla "1 j lagi" p "warn" %}', p=percent)


def test_a_clock_ticks_only_when_its_deadline_is_given():
    moment = SimpleNamespace(isoformat=lambda: "2026-11-20T09:00:00+00:00")

    assert 'data-sla="2026-11-20T09:00:00+00:00"' in ui("{% sla c %}", c=Clock("1 j lagi", 40, "ok", moment))
    assert "data-sla" not in ui("{% sla c %}", c=Clock("2 hari kerja"))


def test_a_timeline_tells_done_now_and_todo_apart():
    drawn = ui("{% timeline m %}", m=[Moment("A", "10.12", "done"), Moment("B", state="now"), Moment("C")])

    assert re.findall(r'<li class="(\w+)">', drawn) == ["done", "now", "todo"]
    assert drawn.count("<small>") == 1
    assert drawn.count("<svg") == 1


def test_pairs_become_a_description_list():
    assertHTMLEqual(ui("{% kv p %}", p=[("A", 1)]), '<dl class="kv"><dt>A</dt><dd>1</dd></dl>')


def test_a_ticket_shows_its_number_large():
    drawn = ui(
        '{% ticket code="JTM-1" label="Nomor lacak" status="Menunggu" tone="warn" %}<p>Isi</p>{% endticket %}'
    )

    assert '<p class="ticket__code">JTM-1</p>' in drawn
    assert '<div class="ticket__bot"><p>Isi</p></div>' in drawn


@pytest.mark.parametrize(("done", "total", "width"), [(86, 126, 68), (0, 0, 0), (5, 5, 100)])
def test_a_job_says_how_far_it_is(done, total, width):
    drawn = ui('{% job "Surat" d t note="Boleh ditutup." %}', d=done, t=total)

    assert f"{done} dari {total}" in drawn
    assert f'style="width:{width}%"' in drawn
    assert f'aria-valuenow="{done}"' in drawn


# Fields


def test_a_field_ties_label_help_and_error_to_its_control():
    form = Form({"name": ""})
    drawn = ui('{% field f.name autocomplete="name" %}', f=form)

    assert '<label for="id_name">Nama lengkap</label>' in drawn
    control = re.search(r"<input[^>]*>", drawn)[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in control
    assert 'aria-invalid="true"' in control
    assert 'autocomplete="name"' in control
    assert 'class="input"' in control
    assert 'id="id_name_helptext">Seperti di KTP.</p>' in drawn
    assert '<p class="err" id="id_name_error">' in drawn


def test_a_field_without_error_shows_none():
    drawn = ui("{% field f.name %}", f=Form())

    assert "err" not in drawn
    assert "aria-invalid" not in drawn
    assert "required" in drawn


def test_what_may_stay_empty_is_said_in_words():
    assert "(boleh dikosongkan)" in ui("{% field f.email %}", f=Form())
    assert "boleh dikosongkan" not in ui("{% field f.name %}", f=Form())


def test_a_hint_from_the_page_is_announced_too():
    drawn = ui('{% field f.email hint="Kabar dikirim ke sini." label="Alamat surel" %}', f=Form())

    assert 'aria-describedby="id_email_helptext"' in drawn
    assert '<p class="hint" id="id_email_helptext">Kabar dikirim ke sini.</p>' in drawn
    assert "Alamat surel" in drawn


def test_a_numeric_field_keeps_its_own_class():
    assert 'class="input wide num"' in ui("{% field f.phone %}", f=Form())


@pytest.mark.parametrize("look", ["list", "chips"])
def test_choices_are_a_group_with_a_legend(look):
    drawn = ui("{% field f.purpose look=look %}", f=Form({"purpose": "x"}), look=look)

    assert (
        '<fieldset class="field" id="id_purpose" tabindex="-1" aria-describedby="id_purpose_error">' in drawn
    )
    assert "<legend>Keperluan</legend>" in drawn
    assert drawn.count('type="radio"') == 2
    assert (drawn.count('class="vh"') == 2) == (look == "chips")


def test_a_check_box_sits_beside_its_label():
    drawn = ui("{% field f.agree %}", f=Form())

    assert '<label class="check"><input type="checkbox"' in drawn
    assert "<span>Setuju</span>" in drawn


def test_a_hidden_field_is_only_its_control():
    assertHTMLEqual(ui("{% field f.token %}", f=Form()), '<input type="hidden" name="token" id="id_token">')


def test_the_error_summary_links_to_every_field_and_is_silent_otherwise():
    form = Form({"name": "Sri", "phone": "1"})
    drawn = ui("{% error_summary f %}", f=form)

    assert "Ada 2 isian yang perlu diperbaiki" in drawn
    assert re.findall(r'href="#(\w+)"', drawn) == ["id_purpose", "id_agree"]
    assert "Setuju: Isi bagian ini dulu." in drawn
    assert ui("{% error_summary f %}", f=Form()) == ""
    assert (
        ui("{% error_summary f %}", f=Form({"name": "S", "phone": "1", "purpose": "s", "agree": "on"})) == ""
    )


def test_forms_sent_together_are_told_of_in_one_box_with_one_count():
    first, second = Form({"name": "Sri", "phone": "1"}), Form({"name": "Sri", "agree": "on"}, prefix="lain")
    second.add_error(None, "Jumlahnya tidak cocok.")
    drawn = ui("{% error_summary f g %}", f=first, g=second)

    assert drawn.count('class="errsum"') == 1
    found = {"id_purpose", "id_agree", "id_lain-name"}
    assert found <= set(re.findall(r'href="#([\w-]+)"', drawn))
    total = 3 + len(second.errors) - 1
    assert f"Ada {total} isian yang perlu diperbaiki" in drawn
    assert "<li>Jumlahnya tidak cocok.</li>" in drawn
    assert ui("{% error_summary f g %}", f=Form(), g=Form()) == ""


class Attached(forms.Form):
    name = forms.CharField(label="Nama lengkap")
    file = forms.FileField(label="Dokumen pendukung", help_text="PDF saja.")


def sent(**texts):
    return Attached(texts, {"file": SimpleUploadedFile("nota <dinas>.pdf", b"%PDF-1.7")})


def test_a_file_that_came_with_a_mistake_elsewhere_has_to_be_chosen_again():
    drawn = ui("{% error_summary f %}{% field f.file %}", f=sent(name=""))
    said = "Berkas nota &lt;dinas&gt;.pdf belum tersimpan. Pilih sekali lagi sebelum mengirim."

    assert "Ada 1 isian yang perlu diperbaiki" in drawn
    assert f"Dokumen pendukung: {said}" in drawn
    assert re.search(rf'<p class="err" id="id_file_error">.*<span>{said}</span>', drawn)
    assert 'aria-describedby="id_file_helptext id_file_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_a_file_that_is_kept_or_came_with_no_mistake_need_not_be_chosen_again():
    kept = sent(name="")
    kept.fields["file"].keeps_files = True

    for form in (sent(name="Sri"), kept, Attached({"name": ""})):
        assert "Pilih sekali lagi" not in ui("{% error_summary f %}{% field f.file %}", f=form)


# Search


def test_the_search_is_a_real_form_with_its_box_in_sight():
    request = RequestFactory().get("/daftar", {"q": "lama", "status": ["a", "b"], "tab": "tim", "page": "3"})
    drawn = ui(
        '{% search label="Cari ahli" value="inflasi" count=1200 keep="status,tab,satker" target="#hasil" %}',
        request=request,
    )

    assert '<form class="search-f" role="search" method="get" action="/daftar">' in drawn
    assert drawn.count('type="hidden" name="status"') == 2
    assert drawn.count('type="hidden" name="tab" value="tim"') == 1
    assert 'name="satker"' not in drawn
    assert 'name="page"' not in drawn
    assert '<label class="vh" for="cari-q">Cari ahli</label>' in drawn
    assert 'value="inflasi"' in drawn
    assert "1.200 hasil" in drawn
    assert 'hx-get="/daftar"' in drawn
    assert 'hx-push-url="true"' in drawn


def test_a_short_list_is_searched_in_place():
    drawn = ui('{% search label="Cari" count="12 bidang" filters=".spes a" %}')

    assert 'data-saring=".spes a" data-hitung="#cari-q-n"' in drawn
    assert "12 bidang" in drawn
    assert "hx-get" not in drawn


def test_the_count_of_a_swapped_result_replaces_the_old_one():
    assertHTMLEqual(
        ui("{% search_count 1 %}", "en"),
        '<span class="search__n" id="cari-q-n" hx-swap-oob="true">1 result</span>',
    )


def test_no_picker_without_its_search():
    options = [Option("1", "Bagas", "Kemiskinan", checked=True), Option("2", "Ratna", disabled=True)]
    drawn = ui(
        '{% picker "p" title="Pilih" name="ahli" options=o action="/pilih" method="post" %}',
        o=options,
        csrf_token="t",
    )

    assert 'type="search" id="p-q"' in drawn
    assert "2 hasil" in drawn
    assert 'value="1" checked' in drawn
    assert re.search(r'value="2"\s+disabled', drawn)
    assert 'name="csrfmiddlewaretoken" value="t"' in drawn
    with pytest.raises(TemplateSyntaxError, match="search"):
        ui('{% picker "p" title="Pilih" name="a" options=o action="/" search=False %}', o=options)


# Lists


def test_pages_keep_the_rest_of_the_address():
    page = Paginator(range(240), 10).page(7)
    request = RequestFactory().get("/", {"q": "a b", "page": "7"})
    drawn = ui("{% pagination p %}", p=page, request=request)

    assert re.findall(r'href="([^"]+)"', drawn) == [f"?q=a+b&amp;page={n}" for n in (6, 1, 6, 8, 24, 8)]
    assert '<span aria-current="page">' in drawn


def test_one_page_needs_no_pagination():
    assert ui("{% pagination p %}", p=Paginator([1], 10).page(1)) == ""


def test_a_table_can_be_scrolled_by_keyboard():
    drawn = ui('{% table label="Permintaan" cards=True %}<tr></tr>{% endtable %}')

    assert drawn.startswith('<div class="tw tw--cards" tabindex="0" role="region" aria-label="Permintaan">')


def test_a_toolbar_holds_what_it_is_given():
    assert ui("{% toolbar %}<b>x</b>{% endtoolbar %}") == '<div class="bar"><b>x</b></div>'


@pytest.mark.parametrize("compact", [False, True])
def test_a_chart_comes_with_the_same_figures_as_a_table(compact):
    source = '{% line_chart s l finding="Naik." corner="Bulan" decimals=1 unit="%" compact=c %}'
    drawn = ui(source, s=[Series("Masuk", (1, 2.5))], l=["Jan", "Feb"], c=compact)

    assert drawn.count('role="img" aria-label="Naik."') == (1 if compact else 2)
    assertInHTML('<tr><th scope="row">Feb</th><td class="end">2,5%</td></tr>', drawn)
    assertInHTML('<tr><th scope="col">Bulan</th><th scope="col" class="end">Masuk</th></tr>', drawn)


def test_bars_and_sparks_draw():
    assert "<svg" in ui('{% bar_chart v finding="A." name="N" %}', v=[("A", 1)])
    assert "<svg" in ui("{% spark v %}", v=[1, 2])


def test_the_cloth_is_not_sent_to_those_who_save_data():
    saving = RequestFactory().get("/", headers={"save-data": "on"})

    assert "<svg" in ui("{% kain d %}", d=[1] * 30)
    assert ui("{% kain d %}", d=[1] * 30, request=saving) == ""


# Every component


HOSTILE = {
    "avatar": "{% avatar e photo=e %}",
    "back_url": "{% back_url %}",
    "bar_chart": "{% bar_chart pairs finding=e name=e unit=e corner=e %}",
    "button": "{% button e url=e about=e name=e hx_get=e %}{% button e value=e %}",
    "card": "{% card title=e id=e cls=e %}{{ e }}{% endcard %}",
    "chip": "{% chip e e %}",
    "choice": "{% choice e e pairs e whole=e %}",
    "choices": "{% choices target=e q=e %}{{ e }}{% endchoices %}",
    "current": "{% current items.0 %}",
    "empty": "{% empty title=e %}{{ e }}{% endempty %}",
    "error_summary": "{% error_summary form %}",
    "field": "{% field form.name label=e hint=e rows=e %}{% field form.purpose %}{% field form.agree %}",
    "glyph": "{% glyph %}",
    "icon": '{% icon "x" e %}',
    "icon_button": '{% icon_button "x" e url=e %}{% icon_button "x" e %}',
    "job": "{% job e 1 2 note=e %}",
    "kain": "{% kain days %}",
    "kv": "{% kv pairs %}",
    "line_chart": "{% line_chart series labels finding=e unit=e corner=e %}",
    "mending": "{% mending e %}",
    "mending_url": "{% mending_url %}",
    "note": "{% note %}{{ e }}{% endnote %}",
    "pagination": "{% pagination page label=e %}",
    "petals": "{% petals %}",
    "picker": "{% picker e title=e name=e options=options action=e label=e submit=e %}",
    "qr": "{% qr e label=e %}",
    "rating": "{% rating 4.5 3 %}",
    "search": "{% search label=e name=e value=e placeholder=e count=e action=e target=e filters=e id=e %}",
    "search_count": "{% search_count e id=e %}",
    "seg": '{% seg items "a" label=e %}',
    "sla": "{% sla e 10 %}",
    "spark": "{% spark days %}",
    "stars": "{% stars 3 %}",
    "steps": "{% steps steps 2 %}",
    "table": "{% table label=e %}{{ e }}{% endtable %}",
    "tabs": '{% tabs items "a" label=e %}',
    "tag": "{% tag e %}",
    "ticket": "{% ticket code=e label=e status=e pattern=e %}{{ e }}{% endticket %}",
    "timeline": "{% timeline moments %}",
    "toolbar": "{% toolbar %}{{ e }}{% endtoolbar %}",
}


def test_every_component_is_tried_with_hostile_text():
    assert sorted(HOSTILE) == sorted(register.tags)


@pytest.mark.parametrize("text", [EVIL, LONG])
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_visitors_text_never_becomes_markup(name, text):
    item = NavItem("a", text, text)
    drawn = ui(
        HOSTILE[name],
        e=text,
        request=RequestFactory().get("/", {"q": text}),
        form=Form({"name": "", "purpose": text, "email": text}),
        items=[item],
        pairs=[(text, 1), (text, 2)],
        labels=[text, text],
        series=[Series(text, (1, 2))],
        options=[Option(text, text, text)],
        moments=[Moment(text, text)],
        steps=[Step(text, text), text],
        page=Paginator(range(30), 10).page(2),
        days=[1, 2, 3],
    )

    assert "<img src=x" not in drawn
    assert "onerror=alert(1)>" not in drawn
