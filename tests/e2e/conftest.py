import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.service import PASSWORD, serving
from tools.browser import launched


@pytest.fixture(scope="session")
def service():
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as running:
        yield running


@pytest.fixture(scope="module")
def chromium():
    """Closed after each file: while it is open its event loop runs in this thread, and Django minds."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, service):
    """Open a browser of one's own: `visit(scripts=False, width=320)`, and `as_` someone with a password."""
    contexts = []

    def open_browser(*, scripts=True, width=1280, theme="light", as_=""):
        context = chromium.new_context(
            base_url=service.url,
            java_script_enabled=scripts,
            viewport={"width": width, "height": 900},
            color_scheme=theme,
            locale="id-ID",
        )
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        if as_:
            page.goto("/akun/masuk/kata-sandi/")
            page.fill("[name=login]", as_)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
        return page

    yield open_browser
    for context in contexts:
        context.close()
