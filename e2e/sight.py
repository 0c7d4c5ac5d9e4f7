"""How a person finds things on a screen: by what they are and what they are called, as a screen reader says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import re

    from playwright.sync_api import Locator, Page

    Scope = Page | Locator

Role = Literal[
    "button", "link", "tab", "menuitem", "menuitemradio", "switch", "checkbox", "radio", "option",
    "textbox", "searchbox", "spinbutton", "combobox", "slider",
    "region", "navigation", "dialog", "alertdialog", "group", "radiogroup", "form", "list", "listitem", "article",
    "banner", "contentinfo", "search", "status", "alert", "table", "row", "toolbar",
]  # fmt: skip
CONTROLS: tuple[Role, ...] = ("button", "link", "tab", "menuitem", "switch", "checkbox")
CHOICES: tuple[Role, ...] = ("radio", "checkbox", "switch", "tab", "option", "menuitemradio", "button")
FIELDS: tuple[Role, ...] = ("textbox", "searchbox", "spinbutton", "combobox", "slider")
PARTS: tuple[Role, ...] = (
    "region", "navigation", "dialog", "alertdialog", "group", "radiogroup", "form", "list", "listitem", "article",
    "banner", "contentinfo", "search", "status", "alert", "table", "toolbar",
)  # fmt: skip
ITEMS: tuple[Role, ...] = ("listitem", "article", "row")


def control(scope: Scope, name: re.Pattern[str]) -> Locator:
    """Return what can be tapped under this name."""
    return by_roles(scope, CONTROLS, name).or_(scope.locator("summary").filter(has_text=name))


def choice(scope: Scope, name: re.Pattern[str]) -> Locator:
    """Return what can be chosen under this name."""
    return by_roles(scope, CHOICES, name)


def field(scope: Scope, name: re.Pattern[str]) -> Locator:
    """Return what can be written in under this name."""
    return by_roles(scope, FIELDS, name)


def part(scope: Scope, name: re.Pattern[str]) -> Locator:
    """Return a part of the screen with this name: a region, a group, a list, a dialog."""
    return by_roles(scope, PARTS, name)


def item_with(scope: Scope, text: str) -> Locator:
    """Return the innermost item of a list or table in which this text stands."""
    items = by_roles(scope, ITEMS).filter(has_text=text)
    return items.filter(has_not=by_roles(scope, ITEMS).filter(has_text=text))


def anything(scope: Scope, words: re.Pattern[str]) -> Locator:
    """Return what shows these words, or is called by them, and can be seen."""
    said = scope.get_by_text(words).or_(scope.get_by_label(words)).or_(scope.get_by_alt_text(words))
    return said.or_(scope.get_by_placeholder(words)).filter(visible=True)


def by_roles(scope: Scope, roles: tuple[Role, ...], name: re.Pattern[str] | None = None) -> Locator:
    """Return everything with one of these roles and, if given, this name."""
    first, *rest = (scope.get_by_role(role) if name is None else scope.get_by_role(role, name=name) for role in roles)
    for other in rest:
        first = first.or_(other)
    return first
