"""Make the pictures: ``make docs`` runs this file as tests. They show every screen, from the app itself.

Those of the README and of the manifest are kept in git; the gallery of all screens, light and dark, goes to
``artefacts/pictures``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from e2e.phone import PhoneSettings
from e2e.server import ROOT
from e2e.test_every_screen import FILLED, WITHOUT_PARTS

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.person import Person

README = ROOT / "docs/pictures"
MANIFEST = ROOT / "pwa/static/screenshots"
GALLERY = ROOT / "artefacts/pictures"
TIME = "2026-03-02 09:30"


@pytest.fixture(params=["light", "dark"])
def phone_settings(request: pytest.FixtureRequest) -> PhoneSettings:
    return PhoneSettings(dark=request.param == "dark", still=True, time=TIME)


def test_the_gallery(already_has_a_full_diary: Person, phone_settings: PhoneSettings) -> None:
    scheme = "dark" if phone_settings.dark else "light"
    for path in [*WITHOUT_PARTS, *(path for paths in FILLED.values() for path in paths)]:
        name = path.strip("/").replace("/", "-").split("?")[0] or "today"
        show(already_has_a_full_diary, path, GALLERY / scheme / f"{name}.png")


@pytest.mark.parametrize("phone_settings", [PhoneSettings(still=True, time=TIME)], indirect=False)
def test_the_pictures_of_the_readme_and_the_manifest(already_has_a_full_diary: Person) -> None:
    person = already_has_a_full_diary
    show(person, "/", README / "today.png")
    show(person, "/", MANIFEST / "today-narrow.png")
    show(person, "/check-in", README / "check-in.png")
    show(person, "/plans", README / "plans.png")
    show(person, "/rough-day", README / "rough-day.png")
    person.phone.is_as_wide_as(1280, 800)
    show(person, "/", MANIFEST / "today-wide.png")


def show(person: Person, path: str, picture: Path) -> None:
    """Open an address and keep its picture."""
    person.opens(path)
    person.page.get_by_role("heading", level=1).wait_for()
    picture.parent.mkdir(parents=True, exist_ok=True)
    person.page.screenshot(path=picture, animations="disabled")
