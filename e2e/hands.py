"""Two ways of working a screen: by touch, and by keyboard alone. Both offer the same, so each journey can run twice."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Literal, Protocol

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import ElementHandle, Locator, Page

SLOWLY_TYPED = 80
MOST_STOPS = 200
MOST_ARROWS = 60
CHOSEN_SECONDS = 3
TAP_LANDS = 2_000
Way = Literal["touch", "keyboard"]


class NotReachedError(AssertionError):
    """Something cannot be reached, or not be seen, by keyboard."""


class Hands(Protocol):
    """What hands can do. A locator names exactly one thing."""

    def press(self, page: Page, target: Locator) -> None:
        """Set off a button or a link."""

    def choose(self, page: Page, target: Locator) -> None:
        """Make a choice the chosen one."""

    def write(self, page: Page, target: Locator, text: str, *, instead: bool) -> None:
        """Write into a field, instead of what stands there or after it."""


class Fingers:
    """Touch, or a mouse where the phone has no touch screen."""

    def __init__(self, *, touch: bool = True) -> None:
        self._touch = touch

    def press(self, page: Page, target: Locator) -> None:
        """Tap it, or the label that stands for it."""
        del page
        element = one(target)
        label = element.evaluate_handle("e => e.matches('input') ? e.labels?.[0] ?? null : null").as_element()
        self._tap(label or target)

    def choose(self, page: Page, target: Locator) -> None:
        """Tap it where it is not chosen yet; take it from the list where it is an option of one."""
        element = one(target)
        if element.evaluate("e => e instanceof HTMLOptionElement"):
            value = str(element.evaluate("e => e.value"))
            page.locator("select").filter(has=target).select_option(value)
            return
        if not is_chosen(element):
            self.press(page, target)

    def write(self, page: Page, target: Locator, text: str, *, instead: bool) -> None:
        """Tap the field and type."""
        kind = one(target).evaluate("e => e.type")
        if kind in ("date", "time", "datetime-local", "month", "range"):
            target.fill(text)
            return
        if instead:
            wait_while_busy(page)
        # A tap puts the cursor where it landed, and does so a moment later: what is selected before would be let go.
        clicked = target.evaluate_handle(CLICKED, TAP_LANDS)
        self._tap(target)
        clicked.evaluate("async ({ it }) => await it")
        if instead:
            target.select_text()
        else:
            page.keyboard.press("ControlOrMeta+End")
        type_text(page, text, instead=instead)

    def _tap(self, target: Locator | ElementHandle) -> None:
        if self._touch:
            target.tap()
        else:
            target.click()


class Keys:
    """Tab, Enter, Space, the arrows and letters; nothing else."""

    def press(self, page: Page, target: Locator) -> None:
        """Go to it and press Enter on a link or summary, Space on anything else."""
        element = self._go_to(page, target)
        page.keyboard.press("Enter" if element.evaluate("e => e.matches('a, summary, [role=link]')") else "Space")

    def choose(self, page: Page, target: Locator) -> None:
        """Go to it, through the arrows inside a group, and choose it where going there did not."""
        element = one(target)
        if element.evaluate("e => e instanceof HTMLOptionElement"):
            select = page.locator("select").filter(has=target)
            self._go_to(page, select)
            page.keyboard.type(str(element.evaluate("e => e.label")))
            return
        self._go_to(page, target)
        if not is_chosen(element):
            page.keyboard.press("Space")

    def write(self, page: Page, target: Locator, text: str, *, instead: bool) -> None:
        """Go to the field and type."""
        if instead:
            wait_while_busy(page)
        element = self._go_to(page, target)
        if element.evaluate("e => ['date', 'time'].includes(e.type)"):
            type_date_or_time(page, element, text)
            return
        page.keyboard.press("ControlOrMeta+A" if instead else "ControlOrMeta+End")
        type_text(page, text, instead=instead)

    def _go_to(self, page: Page, target: Locator) -> ElementHandle:
        """Move the focus there by Tab, and by arrows within one group. Raises NotReachedError."""
        element = one(target)
        for _ in range(MOST_STOPS):
            where = str(element.evaluate(WHERE_IS_FOCUS))
            if where == "in its group":
                where = self._go_by_arrows(page, element)
            if where == "there":
                may_be_seen(element)
                return element
            page.keyboard.press("Tab")
        raise NotReachedError(f"Tab does not reach {describe(element)}.")

    def _go_by_arrows(self, page: Page, element: ElementHandle) -> str:
        for _ in range(MOST_ARROWS):
            page.keyboard.press("ArrowDown" if element.evaluate("e => e.type === 'radio'") else "ArrowRight")
            if element.evaluate(WHERE_IS_FOCUS) == "there":
                return "there"
        return "elsewhere"


CLICKED = """(e, patience) => ({
  it: Promise.race([
    new Promise((done) => e.addEventListener("click", done, { once: true })),
    new Promise((done) => setTimeout(done, patience)),
  ]),
})"""

WHERE_IS_FOCUS = """e => {
  const active = document.activeElement;
  if (active === e) return "there";
  const group = "[role=radiogroup], [role=tablist], [role=listbox], [role=menu], [role=toolbar], fieldset";
  const sameRadio = e.type === "radio" && active?.type === "radio" && active.name === e.name && active.form === e.form;
  const roving = e.tabIndex < 0 && e.closest(group) && e.closest(group) === active?.closest(group);
  return sameRadio || roving ? "in its group" : "elsewhere";
}"""

IS_COVERED = """e => {
  const shown = e.labels?.[0] && e.matches("[type=radio], [type=checkbox]") ? e.labels[0] : e;
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  const places = [[left + right, top + bottom], [2 * left + 4, 2 * top + 4], [2 * right - 4, 2 * bottom - 4]];
  return !places.some(([x, y]) => {
    const there = document.elementFromPoint(x / 2, y / 2);
    return there !== null && (shown.contains(there) || there.contains(e));
  });
}"""


def wait_while_busy(page: Page) -> None:
    """Wait until each form shows what was left in it: who writes instead of something has seen what stands there."""
    expect(page.locator("form[aria-busy=true]")).to_have_count(0)


def one(target: Locator) -> ElementHandle:
    """Wait for the one thing that a locator names, and return it as it is now."""
    expect(target).to_have_count(1)
    return target.element_handle()


def becomes_chosen(page: Page, target: Locator, *, chosen: bool) -> bool:
    """Wait for a choice to be the chosen one, or not to be; return whether it came so."""
    for _ in range(int(CHOSEN_SECONDS * 20)):
        if is_chosen(one(target)) is chosen:
            return True
        page.wait_for_timeout(50)
    return False


def is_chosen(element: ElementHandle) -> bool:
    """Say whether a choice is the chosen one, by its state or what it tells a screen reader."""
    states = "['aria-checked', 'aria-selected', 'aria-pressed'].some((name) => e.getAttribute(name) === 'true')"
    return bool(element.evaluate(f"e => e.checked === true || e.selected === true || {states}"))


def may_be_seen(element: ElementHandle) -> None:
    """Check that what has the focus is not covered by anything. Raises NotReachedError."""
    if element.evaluate(IS_COVERED):
        raise NotReachedError(f"The focus is on {describe(element)}, which is covered or off the screen.")


def describe(element: ElementHandle) -> str:
    """Return the beginning of an element's markup, for a message."""
    return str(element.evaluate("e => e.outerHTML.slice(0, 160)"))


def type_date_or_time(page: Page, element: ElementHandle, text: str) -> None:
    """Type "2026-03-01" or "09:30" in the order in which this browser asks for its parts. Raises NotReachedError."""
    parts = text.replace(":", "-").split("-")
    for order in permutations(parts) if len(parts) > 2 else [parts]:
        page.keyboard.type("".join(order))
        if element.evaluate("e => e.value") == text:
            return
        for _ in parts:
            page.keyboard.press("ArrowLeft")
    raise NotReachedError(f"{text} cannot be typed into {describe(element)}.")


def type_text(page: Page, text: str, *, instead: bool) -> None:
    """Type a short text key by key; put in a long one at once, as dictation and paste do."""
    if not text and instead:
        page.keyboard.press("Delete")
    elif len(text) <= SLOWLY_TYPED and text.isascii():
        page.keyboard.type(text)
    else:
        page.keyboard.insert_text(text)
