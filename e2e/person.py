"""A person with a phone. Everything here goes through what is seen: roles, names, words on the screen.

Names and words are catalogue keys (``"check-in.note"``); a placeholder without a value matches anything. What people
wrote themselves is looked for as it is, by the verbs that end in ``_text``.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as NotInTimeError
from playwright.sync_api import expect

from e2e import sight
from e2e.hands import Fingers, Hands, Keys, Way, becomes_chosen
from e2e.words import Catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from e2e.phone import Phone


SOON = 20.0
"""When waiting for a screen is given up, in seconds. How fast screens are is found out apart, on a machine at rest."""
expect.set_options(timeout=SOON * 1000)
HAND = 150
"""How long a hand takes to what closes a page, in ms: no hand is as fast as a program."""


class SightError(AssertionError):
    """A person does not see what they should, or sees what they should not."""


class Person:
    """Somebody who uses the app, by touch or by keyboard alone."""

    def __init__(self, phone: Phone, *, way: Way = "touch") -> None:
        self.phone = phone
        self.words = Catalogue(phone.settings.locale)
        self.hands: Hands = Keys() if way == "keyboard" else Fingers(touch=phone.settings.touch)
        self._scopes: list[sight.Scope] = []

    # Opening and closing

    def opens(self, path: str = "/") -> None:
        """Type an address of the site, or follow a bookmark to it."""
        self.phone.opens(path)

    def opens_a_second_tab(self, path: str = "/") -> None:
        """Open the site once more; the new tab is in front."""
        self.phone.opens_tab(path)

    def turns_to_tab(self, number: int) -> None:
        """Put another tab in front. The first is 1."""
        self.phone.page = self.phone.context.pages[number - 1]
        self.phone.page.bring_to_front()

    def goes_back(self) -> None:
        """Use the phone's own Back."""
        self.page.go_back()

    def reloads(self) -> None:
        """Load the page anew, as soon as a hand gets from the letters to where that is done."""
        self.page.wait_for_timeout(HAND)
        self.page.reload()

    def closes_the_app(self) -> None:
        """Swipe the app away: every page of it closes. It takes a hand a moment."""
        self.page.wait_for_timeout(HAND)
        self.phone.closes()

    def opens_the_app_cold(self, path: str = "/") -> None:
        """Open the app with nothing of it in memory."""
        self.closes_the_app()
        self.phone.opens(path)

    # Doing

    def taps(self, key: str, **values: object) -> None:
        """Tap the button or link of this name."""
        self.hands.press(self.page, sight.control(self._scope, self.words.whole(key, **values)))

    def goes_to(self, place: str) -> None:
        """Tap one of the places at the bottom."""
        with self.in_part("places.label"):
            self.taps(place)

    def taps_text(self, text: str) -> None:
        """Tap the button or link in whose name this text stands."""
        self.hands.press(self.page, sight.control(self._scope, written(text)))

    def chooses(self, key: str, **values: object) -> None:
        """Make the choice of this name the chosen one."""
        self.hands.choose(self.page, sight.choice(self._scope, self.words.whole(key, **values)))

    def chooses_text(self, text: str) -> None:
        """Make the choice in whose name this text stands the chosen one."""
        self.hands.choose(self.page, sight.choice(self._scope, written(text)))

    def clears(self, key: str, **values: object) -> None:
        """Press the chosen answer of this name once more."""
        self.hands.press(self.page, sight.choice(self._scope, self.words.whole(key, **values)))

    def writes(self, key: str, text: str, **values: object) -> None:
        """Write into the field of this name, instead of what stands there. No request may hold it."""
        self.phone.requests.must_not_hold(text)
        self.hands.write(self.page, sight.field(self._scope, self.words.whole(key, **values)), text, instead=True)

    def adds(self, key: str, text: str, **values: object) -> None:
        """Write into the field of this name, after what stands there. No request may hold it."""
        self.phone.requests.must_not_hold(text)
        self.hands.write(self.page, sight.field(self._scope, self.words.whole(key, **values)), text, instead=False)

    def saves_a_file(self, key: str, **values: object) -> Path:
        """Tap what saves a file; return where it lies on the phone."""
        with self.page.expect_download() as saved:
            self.taps(key, **values)
        path = self.phone.folder / "downloads" / saved.value.suggested_filename
        saved.value.save_as(path)
        return path

    def gives_a_file(self, key: str, file: Path, **values: object) -> None:
        """Tap what asks for a file, and pick this one."""
        with self.page.expect_file_chooser() as chooser:
            self.taps(key, **values)
        chooser.value.set_files(file)

    # Looking

    def sees(self, key: str, **values: object) -> None:
        """Check that these words are on the screen, or come soon."""
        self._waits_for(key, self.words.anywhere(key, **values))

    def does_not_see(self, key: str, **values: object) -> None:
        """Check that these words are not on the screen, or go soon. Check before what is seen instead."""
        self._waits_until_gone(key, self.words.anywhere(key, **values))

    def cannot_tap(self, key: str, **values: object) -> None:
        """Check that no button or link of just this name is on the screen, or goes soon."""
        expect(sight.control(self._scope, self.words.whole(key, **values))).to_have_count(0)

    def sees_text(self, text: str) -> None:
        """Check that this text, which somebody wrote, is on the screen."""
        self._waits_for(text, written(text))

    def sees_text_once(self, text: str) -> None:
        """Check that this text, which somebody wrote, is on the screen in one place and no more."""
        self.sees_text(text)
        expect(self._scope.get_by_text(written(text)).filter(visible=True)).to_have_count(1)

    def does_not_see_text(self, text: str) -> None:
        """Check that this text is not on the screen. Check before what is seen instead."""
        self._waits_until_gone(text, written(text))

    def sees_written(self, key: str, text: str, **values: object) -> None:
        """Check that the field of this name holds just this text."""
        expect(sight.field(self._scope, self.words.whole(key, **values))).to_have_value(text)

    def sees_chosen(self, key: str, **values: object) -> None:
        """Check that the choice of this name is the chosen one."""
        target = sight.choice(self._scope, self.words.whole(key, **values))
        assert becomes_chosen(self.page, target, chosen=True), f"'{key}' is not chosen."

    def does_not_see_chosen(self, key: str, **values: object) -> None:
        """Check that the choice of this name is there and not chosen."""
        target = sight.choice(self._scope, self.words.whole(key, **values))
        assert becomes_chosen(self.page, target, chosen=False), f"'{key}' is chosen."

    @contextmanager
    def in_part(self, key: str, **values: object) -> Iterator[None]:
        """Do and look only in the part of the screen with this name."""
        self._scopes.append(sight.part(self._scope, self.words.whole(key, **values)))
        yield
        self._scopes.pop()

    @contextmanager
    def beside(self, text: str) -> Iterator[None]:
        """Do and look only in the item of a list in which this text stands."""
        self._scopes.append(sight.item_with(self._scope, text))
        yield
        self._scopes.pop()

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.phone.front

    @property
    def _scope(self) -> sight.Scope:
        return self._scopes[-1] if self._scopes else self.page

    def _waits_for(self, what: str, words: re.Pattern[str]) -> None:
        try:
            sight.anything(self._scope, words).first.wait_for(timeout=SOON * 1000)
        except NotInTimeError:
            raise SightError(f"'{what}' is not on the screen. There is:\n{self._reads()}") from None

    def _waits_until_gone(self, what: str, words: re.Pattern[str]) -> None:
        try:
            expect(sight.anything(self._scope, words)).to_have_count(0, timeout=SOON * 1000)
        except AssertionError:
            raise SightError(f"'{what}' is still on the screen. There is:\n{self._reads()}") from None

    def _reads(self) -> str:
        return self.page.locator("body").aria_snapshot()


def written(text: str) -> re.Pattern[str]:
    """Return a pattern for a text that people wrote, however its white space is laid out."""
    return re.compile(r"\s+".join(re.escape(word).replace("/", r"\/") for word in text.split()))
