"""The allocation sheet of 2,000 mitra and 20 activities in a browser: from a key to the honor shown.

    python -m bench.grid_browser [--mitra 2000] [--activities 20] [--keys 60] [--width 1280] [--slow 1]
        [--pictures FOLDER]

Chromium types, pastes, scrolls, searches and filters against the real web server on loopback. A key's time is
from the key to the frame after it, as the page sees it; `--slow 4` is a processor four times slower.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.scene import database, machine, percentile, table
from tools.browser import launched

MONTH, PASTED = "2026-11", 200
WATCH = """() => {
  window.keys = []; window.gaps = []; let pressed = 0, last = 0;
  const note = event => { if (/^\\d$/.test(event.key)) pressed = event.timeStamp; };
  document.addEventListener('keydown', note, true);
  document.addEventListener('input', () => {
    const at = pressed;
    requestAnimationFrame(() => setTimeout(() => window.keys.push(performance.now() - at), 0));
  });
  const frame = now => { if (last) window.gaps.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""
PASTE = """(input, text) => {
  input.focus();
  const data = new DataTransfer();
  data.setData('text', text);
  input.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""
SAVED = "() => !document.querySelector('.vol.kirim')"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mitra", type=int, default=2000)
    parser.add_argument("--activities", type=int, default=20)
    parser.add_argument("--keys", type=int, default=60)
    # A narrow screen has no cells to type in: the sheet leads to the page of each mitra.
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--slow", type=float, default=1)
    parser.add_argument("--pictures", type=Path)
    return parser.parse_args()


def office(options: argparse.Namespace) -> tuple[str, str]:
    """Where its sheet is, and the session of somebody who allocates there.

    A third of the mitra has no work yet, some are near the cap, one in fifty was refused a volume beyond it.
    """
    from django.test import Client

    from bench.grid import filled
    from halopst.partners.services.allocation import assigning
    from tests.accounts.factories import MembershipFactory
    from tests.partners.factories import NOVEMBER, NOW
    from tests.partners.offices import lead

    unit, duties, mitra = filled(options)
    cells = []
    for n, who in enumerate(mitra):
        times, more = (4, 12) if n % 10 == 1 else (1, 0)
        if n % 3:
            cells += [
                assigning.Cell(who.pk, duty.pk, times * (1 + at % 9) + more * (at == 0))
                for at, duty in enumerate(duties)
            ]
        if n % 50 == 2:
            cells.append(assigning.Cell(who.pk, duties[0].pk, 999))
    actor = lead(unit)
    for start in range(0, len(cells), 5000):
        block = list({(one.registration, one.duty): one for one in cells[start : start + 5000]}.values())
        assigning.set_volumes(actor, unit=unit, month=NOVEMBER, cells=block, now=NOW)
    client = Client()
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    return f"/mitra/{unit.slug}/alokasi/?bulan={MONTH}&saring=semua", client.cookies["sesi"].value


def took(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


class Sheet:
    """One open browser with the sheet in it."""

    def __init__(self, page: Any, at: str, options: argparse.Namespace) -> None:
        self.page, self.at, self.options = page, at, options

    def picture(self, name: str) -> None:
        if self.options.pictures:
            at = self.options.pictures / f"lembar-{name}-{self.options.width}.png"
            self.page.screenshot(path=at)

    def open(self, extra: str = "") -> float:
        return took(lambda: self.page.goto(self.at + extra))

    def typing(self) -> tuple[list[float], list[float]]:
        """Digit by digit down a column, on while what came before is being saved; and until all is saved."""
        page = self.page
        page.evaluate(WATCH)
        cells = page.locator("tbody[id] .vol")
        across = self.options.activities
        for n in range(self.options.keys):
            cell = cells.nth((n // 4 % 24) * across + n % 4)
            cell.focus()
            cell.select_text()
            page.keyboard.press(str(1 + n % 5))
            page.keyboard.press("Enter")
        saved = took(lambda: page.wait_for_function(SAVED))
        return [one / 1000 for one in page.evaluate("window.keys")], [saved]

    def saving(self) -> list[float]:
        """One volume, from Enter until the server said that it stands."""
        page, seconds = self.page, []
        for n in range(10):
            cell = page.locator("tbody[id]").nth(n).locator(".vol").nth(5)
            cell.fill(str(1 + (int(cell.input_value() or 0) + 1) % 5))
            cell.press("Enter")
            seconds.append(took(lambda: page.wait_for_function(SAVED)))
        return seconds

    def paste_here(self) -> float:
        """A block that fits on the page: 20 rows by 5 columns."""
        block = "\n".join("\t".join(["2"] * 5) for _ in range(20))
        cell = self.page.locator("tbody[id] .vol").first
        self.page.wait_for_function(SAVED)
        cell.evaluate(PASTE, block)
        return took(lambda: self.page.wait_for_function(SAVED))

    def paste_beyond(self) -> tuple[float, float]:
        """200 rows: until they are shown, and from the button until they are in."""
        page = self.page
        self.open()
        cell = page.locator("tbody[id] .vol").first
        began = time.perf_counter()
        cell.evaluate(PASTE, "\n".join(str(1 + n % 3) for n in range(PASTED)))
        page.wait_for_url("**/alokasi/tempel/**")
        shown = time.perf_counter() - began
        self.picture("tempel")
        began = time.perf_counter()
        page.get_by_role("button", name=re.compile("^Isi ")).click()
        page.wait_for_url(lambda url: "/tempel/" not in url)
        done = time.perf_counter() - began
        self.picture("setelah-tempel")
        return shown, done

    def undo(self) -> float:
        page = self.page

        def act() -> None:
            page.locator("#urungkan").click()
            page.wait_for_function("() => document.querySelector('#ulangi:enabled')")

        return took(act)

    def scroll(self) -> list[float]:
        """Frames while the wheel turns down, up and to the side, in seconds."""
        page = self.page
        page.evaluate(WATCH)
        page.mouse.move(self.options.width // 2, 500)
        for dx, dy in ((0, 300), (0, -300), (250, 0), (-250, 0)) * 5:
            page.mouse.wheel(dx, dy)
            page.wait_for_timeout(60)
        return [gap / 1000 for gap in page.evaluate("window.gaps")]

    def search(self, text: str) -> float:
        page = self.page
        field = page.get_by_placeholder(re.compile("Cari nama mitra")).first
        field.fill(text)

        def act() -> None:
            field.press("Enter")
            page.wait_for_function(
                "text => [...document.querySelectorAll('tbody[id] .nm')].length === 1"
                " && document.querySelector('tbody[id] .nm').textContent.includes(text)",
                arg=text,
            )

        return took(act)


def measure(sheet: Sheet) -> list[tuple[str, object]]:
    opened = [sheet.open() for _ in range(5)]
    sheet.picture("semua")
    keys, last = sheet.typing()
    saved = sheet.saving()
    here = sheet.paste_here()
    shown, done = sheet.paste_beyond()
    undone = sheet.undo()
    frames = sheet.scroll()
    found = [sheet.search(f"Mitra {n:05d}") for n in (7, 1234, 1999)]
    sheet.picture("cari")
    rows: list[tuple[str, object]] = [
        ("machine", machine()),
        ("width, processor", f"{sheet.options.width}, {sheet.options.slow:g} times slower"),
        ("page opened p50 / slowest", both(opened, 1)),
        (
            f"key to honor, {len(keys)} keys, p50 / p95 / slowest",
            f"{both(keys, 0.95)} / {max(keys) * 1e3:.0f}",
        ),
        ("last key until all was saved", f"{last[0] * 1e3:.0f} ms"),
        ("one volume until saved p50 / slowest", both(saved, 1)),
        ("paste of 20 x 5 until saved", f"{here * 1e3:.0f} ms"),
        (f"paste of {PASTED} rows until shown / filled in", f"{shown * 1e3:.0f} / {done * 1e3:.0f} ms"),
        ("undo of it", f"{undone * 1e3:.0f} ms"),
        (
            f"frames while scrolling, {len(frames)}, p50 / p95 / slowest",
            f"{both(frames, 0.95)} / {max(frames) * 1e3:.0f}",
        ),
        ("search p50 / slowest", both(found, 1)),
    ]
    for name in ("dekat", "lebih", "belum"):
        rows.append((f"filter {name}", f"{sheet.open(f'&saring={name}') * 1e3:.0f} ms"))
        sheet.picture(name)
    return rows


def both(seconds: list[float], share: float) -> str:
    return f"{percentile(seconds, 0.5) * 1e3:.0f} / {percentile(seconds, share) * 1e3:.0f} ms"


def browse(options: argparse.Namespace, address: str, at: str, session: str) -> list[tuple[str, object]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launched(playwright)
        context = browser.new_context(
            base_url=address, viewport={"width": options.width, "height": 900}, locale="id-ID"
        )
        context.set_default_timeout(120_000)
        context.add_cookies([{"name": "sesi", "value": session, "url": address}])
        page = context.new_page()
        if options.slow > 1:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": options.slow})
        rows = measure(Sheet(page, at, options))
        browser.close()
    return rows


def main() -> int:
    options = arguments()
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread
    with database():
        from django.conf import settings

        settings.WHITENOISE_USE_FINDERS = True  # styles and scripts as they are, nothing collected
        from tests.serving import serving

        at, session = office(options)
        with serving() as address:
            rows = browse(options, address.replace("127.0.0.1", "localhost"), at, session)
    table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
