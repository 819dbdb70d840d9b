"""Every sentence on the screen has its English; the Indonesian one is in the code."""

import polib
import pytest
from django.forms import CharField

from tools import catalogue


@pytest.mark.parametrize("app", catalogue.apps(), ids=lambda app: app.name)
def test_every_sentence_has_its_english(app):
    assert catalogue.faults(app) == []


def test_what_django_says_of_itself_is_said_in_our_words():
    assert catalogue.own_words_faults() == []
    assert str(CharField().error_messages["required"]).startswith("Isi bagian ini dulu.")


def test_sentences_are_found_in_python():
    source = """
from django.utils.translation import gettext as say, gettext_lazy as _, ngettext, pgettext
import django.utils.translation as translation
say("satu " "kalimat")
_("malas")
ngettext("%(n)d orang", "%(n)d orang sekalian", n)
pgettext("bulan", "Mei")
translation.gettext("lewat modul")
other("bukan")
say(variable)
"""
    assert set(catalogue.python_sentences(source)) == {
        catalogue.Sentence("satu kalimat"),
        catalogue.Sentence("malas"),
        catalogue.Sentence("%(n)d orang", "%(n)d orang sekalian"),
        catalogue.Sentence("Mei", context="bulan"),
        catalogue.Sentence("lewat modul"),
    }


def test_sentences_are_found_in_templates():
    source = """{% load i18n %}<p title="{% translate "Buka (baru)" %}">{{ x|default:_("Kosong") }}</p>
{% ui_button label=_("Simpan") %}
{% blocktranslate count n=n trimmed %}
  {{ n }} kasus
{% plural %}
  {{ n }} kasus semuanya
{% endblocktranslate %}{% translate "Mei" context "bulan" %}"""
    assert set(catalogue.template_sentences(source)) == {
        catalogue.Sentence("Buka (baru)"),
        catalogue.Sentence("Kosong"),
        catalogue.Sentence("Simpan"),
        catalogue.Sentence("%(n)s kasus", "%(n)s kasus semuanya"),
        catalogue.Sentence("Mei", context="bulan"),
    }


@pytest.fixture
def app(tmp_path, monkeypatch):
    """A small app with one sentence, catalogued and translated."""
    monkeypatch.setattr(catalogue, "PACKAGE", tmp_path)
    folder = tmp_path / "greetings"
    folder.mkdir()
    (folder / "views.py").write_text(
        'from django.utils.translation import gettext\ngettext("Halo, %(name)s.")\n', encoding="utf-8"
    )
    catalogue.update(folder)
    translate(folder, "Hello, %(name)s.")
    return folder


def translate(app, english):
    path = catalogue.catalogue_of(app)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgstr ""\n', f'msgstr "{english}"\n').replace(f'"{english}"', '""', 1))
    catalogue.update(app)


def test_a_complete_catalogue_has_no_fault(app):
    assert catalogue.faults(app) == []


def test_a_new_sentence_without_english_is_a_fault(app):
    (app / "views.py").write_text('from django.utils.translation import gettext\ngettext("Dah.")\n')

    assert catalogue.faults(app) == [
        "greetings: no English: 'Dah.'",
        "greetings: the catalogue and the code differ (make messages)",
    ]


def test_a_translation_that_loses_a_name_is_a_fault(app):
    path = catalogue.catalogue_of(app)
    path.write_text(path.read_text().replace("Hello, %(name)s.", "Hello."))
    catalogue.update(app)

    assert catalogue.faults(app) == ["greetings: placeholders differ: 'Halo, %(name)s.'"]


def test_an_uncompiled_translation_is_a_fault(app):
    path = catalogue.catalogue_of(app)
    path.write_text(path.read_text().replace("Hello", "Dear"))

    assert catalogue.faults(app) == ["greetings: django.mo is not django.po compiled (make messages)"]


def test_a_fuzzy_translation_is_a_fault(app):
    path = catalogue.catalogue_of(app)
    path.write_text(path.read_text().replace("#, python-format", "#, fuzzy, python-format"))

    assert "greetings: fuzzy: 'Halo, %(name)s.'" in catalogue.faults(app)


def test_updating_keeps_translations_and_drops_what_no_one_says(app):
    (app / "views.py").write_text(
        'from django.utils.translation import gettext\ngettext("Dah.")\ngettext("Halo, %(name)s.")\n',
        encoding="utf-8",
    )
    assert [entry.msgid for entry in catalogue.update(app)] == ["Dah."]

    (app / "views.py").write_text(
        'from django.utils.translation import gettext\ngettext("Halo, %(name)s.")\n', encoding="utf-8"
    )
    assert catalogue.update(app) == []
    assert [entry.msgstr for entry in polib.pofile(str(catalogue.catalogue_of(app)))] == ["Hello, %(name)s."]
