"""What the bench waits for and taps on, by catalogue key; and when something first showed, by the page's own clock."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

from e2e import sight
from e2e.words import Catalogue

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

WORDS = Catalogue()
NEWCOMERS_BUTTON = "main button"
CHECK_IN_LINK = 'main a[href="/check-in"]'


class Shown(TypedDict):
    """When something showed, in ms since the navigation began: in the document, and with the frame painted."""

    in_document: float
    painted: float


def when_shown(selector: str) -> str:
    """Return a script that notes when ``selector`` is first matched, and when that frame was painted."""
    return f"""
globalThis.shown = new Promise((resolve) => {{
  const look = () => {{
    if (document.querySelector({json.dumps(selector)}) === null) return;
    observer.disconnect();
    const in_document = performance.now();
    requestAnimationFrame(() => {{
      const {{ port1, port2 }} = new MessageChannel();
      port1.onmessage = () => resolve({{ in_document, painted: performance.now() }});
      port2.postMessage(null);
    }});
  }};
  const observer = new MutationObserver(look);
  observer.observe(document, {{ childList: true, subtree: true }});
}});
"""


def shown(page: Page) -> Shown:
    """Return when it showed, once it has. The page was given ``when_shown`` as its first script."""
    told: Shown = page.evaluate("() => globalThis.shown")
    return told


def control(page: Page, key: str) -> Locator:
    """Return what can be tapped under this name."""
    return sight.control(page, WORDS.whole(key))


def begin_diary(page: Page) -> None:
    """Start a diary, and wait for Today."""
    control(page, "welcome.start").click()
    page.locator(CHECK_IN_LINK).first.wait_for()
