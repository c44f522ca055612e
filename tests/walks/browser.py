"""Look at pages in a real headless Chromium: accessibility, console, width, screenshots."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Response, expect, sync_playwright
from playwright.sync_api import Page as Tab

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "ci-output" / "screenshots"
WIDTHS = {"phone": (390, 844), "desktop": (1280, 800)}
PATIENCE = 60_000
"""Milliseconds to wait for what must come. A machine that does other work beside is no failure."""

expect.set_options(timeout=PATIENCE)

# `preload` would fetch style sheets by script, which the security policy rightly forbids.
RUN_AXE = "() => axe.run({preload: false, resultTypes: ['violations']})"
# What lies far below the screen is not laid out until it comes near; what is looked at whole is.
LAY_OUT_ALL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { content-visibility: visible !important; }');
  document.adoptedStyleSheets = [sheet];
}"""
TOO_WIDE = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


def chromium() -> str:
    """Find Chromium, or say how to get it."""
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return path
    raise AssertionError(
        "Chromium is missing: run tools/install_test_tools.sh, or leave this out: make test-fast"
    )


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start one headless browser and close it when the block ends."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watched:
    """One tab at one width, and every complaint the browser made about what it shows."""

    tab: Tab
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tab.on("console", self._on_console)
        self.tab.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.tab.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status}: {response.url}")

    def go(self, address: str) -> None:
        """Open an address and wait until everything on it is there."""
        self.complaints.clear()
        self.tab.goto(address, wait_until="load")
        self.tab.evaluate(LAY_OUT_ALL)

    def problems(self) -> list[str]:
        """Hold the open page against axe, its own security policy, and the width of the screen."""
        self.tab.evaluate(LAY_OUT_ALL)
        self.tab.evaluate(AXE.read_text(encoding="utf-8"))
        result: dict[str, Any] = self.tab.evaluate(RUN_AXE)
        found = [
            f"axe {violation['id']}: {violation['help']}: {[n['html'][:120] for n in violation['nodes'][:3]]}"
            for violation in result["violations"]
        ]
        over = self.tab.evaluate(TOO_WIDE)
        return found + ([f"{over} px wider than the screen"] if over > 0 else []) + self.complaints


def watched(browser: Browser, width: str, **options: Any) -> Watched:
    """Open a tab of the given width that is watched for complaints."""
    across, down = WIDTHS[width]
    context = browser.new_context(viewport={"width": across, "height": down}, **options)
    context.set_default_timeout(PATIENCE)
    return Watched(context.new_page())


def follow(target: Locator) -> None:
    """Press what opens another page, and wait until everything on that is there."""
    with target.page.expect_navigation(timeout=PATIENCE):
        target.click(timeout=PATIENCE)


def photograph(tab: Tab, name: str) -> None:
    """Keep a picture of the whole open page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    tab.evaluate(LAY_OUT_ALL)
    tab.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
