import pytest
from django.template.loader import get_template

from halopst.core.unindented import unindented


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<ul>\n    <li>\n        Satu\n    </li>\n</ul>\n", "<ul><li>Satu</li></ul>"),
        ("<p>\n    {% if x %}\n        Satu\n    {% endif %}\n</p>", "<p>{% if x %} Satu {% endif %}</p>"),
        ("<b>Satu</b>\n<i>dua</i>", "<b>Satu</b> <i>dua</i>"),
        ("<b>Satu</b><i>dua</i>", "<b>Satu</b><i>dua</i>"),
        ('<a\n    href="/a"\n    title="b"\n>Satu</a>', '<a href="/a" title="b">Satu</a>'),
        (
            '<td class="{% if a > b %}end{% endif %}">\n    1\n</td>',
            '<td class="{% if a > b %}end{% endif %}"> 1</td>',
        ),
        ("<pre>\n  a\n  b</pre>\n<p>\n c</p>", "<pre>\n  a\n  b</pre><p>c</p>"),
        ("<div>\n<textarea>\n a\n</textarea>\n</div>", "<div><textarea>\n a\n</textarea></div>"),
        ("satu  dua", "satu  dua"),
    ],
)
def test_what_lays_a_template_out_is_not_sent_and_what_is_seen_stays(written, sent):
    assert unindented(written) == sent


def test_a_script_keeps_its_lines_as_a_remark_would_swallow_the_next():
    assert get_template("assistant/widget.js").template.source.count("\n") > 10


def test_pages_are_read_without_their_indents():
    source = get_template("publik.html").template.source
    assert "\n    " not in source
    assert "<main" in source
