"""In a real browser: a text on a phone."""

import pytest

from tests.assistant.test_wording_in_browser import page  # noqa: F401  # a fixture
from tests.knowledge.factories import DocumentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEFT_EDGES = """line => {
  const words = document.createRange();
  const edges = [...line.querySelectorAll('span')].map(span => {
    words.selectNodeContents(span);
    const at = words.getBoundingClientRect();
    return [Math.round(at.top), Math.round(at.left)];
  });
  const first = {};
  for (const [top, left] of edges) first[top] = Math.min(first[top] ?? left, left);
  return Object.values(first);
}"""


def test_all_facts_about_a_text_are_aligned_on_a_phone(page):  # noqa: F811
    text = DocumentFactory(state="published", unit__name="BPS Kabupaten Pegunungan Bintang Timur")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/pengetahuan/{text.pk}/")
    edges = page.locator(".titik").evaluate(LEFT_EDGES)

    assert len(edges) > 1
    assert len(set(edges)) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
