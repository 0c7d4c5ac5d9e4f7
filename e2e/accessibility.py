"""What can be checked of a screen by machine: axe-core's rules, and that nothing needs scrolling sideways."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from e2e.server import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = ROOT / "node_modules/axe-core/axe.min.js"
MOST_SHOWN = 5


def assert_no_axe_violations(page: Page) -> None:
    """Fail where axe-core finds a fault, saying which rule, where, and why. The page's clock must run."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe_source())
    found = page.evaluate("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations")
    assert not found, "\n".join([f"axe finds {len(found)} fault(s) at {page.url}:", *map(describe_violation, found)])


def assert_no_sideways_scroll(page: Page) -> None:
    """Fail where the page is wider than the screen, saying what sticks out."""
    answer = page.evaluate(STICKING_OUT)
    assert answer["over"] <= 0, "\n".join(
        [f"{page.url} is {answer['over']} px wider than its screen of {answer['screen']} px:", *answer["elements"]]
    )


@lru_cache(maxsize=1)
def axe_source() -> str:
    """Return axe-core, to be evaluated: a script tag is what the content security policy forbids."""
    return AXE.read_text(encoding="utf-8")


def describe_violation(violation: dict[str, Any]) -> str:
    """Return one rule's faults, readable."""
    nodes = violation["nodes"]
    lines = [f"- {violation['id']} ({violation['impact']}): {violation['help']}; {len(nodes)} place(s)"]
    for node in nodes[:MOST_SHOWN]:
        why = str(node["failureSummary"]).replace("\n", "\n      ")
        lines.append(f"    {node['html'][:200]}\n      {why}")
    return "\n".join(lines)


STICKING_OUT = """() => {
  const screen = document.documentElement.clientWidth;
  const widest = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
  const endOf = (e) => {
    const inside = document.createRange();
    inside.selectNodeContents(e);
    return Math.max(e.getBoundingClientRect().right, inside.getBoundingClientRect().right);
  };
  const out = [...document.body.querySelectorAll("*")].filter((e) => endOf(e) > screen + 1);
  const innermost = out.filter((e) => !out.some((other) => other !== e && e.contains(other)));
  const elements = innermost.slice(0, 5).map((e) => "  " + e.outerHTML.slice(0, 200));
  return { screen, over: Math.ceil(widest - screen), elements };
}"""
