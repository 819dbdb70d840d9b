"""Debian's Chromium, as tests, measurements and pictures start it."""

import shutil

from playwright.sync_api import Browser, Playwright

# It may run as root in a container, and asks nothing of the network by itself.
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
