"""Putting the app on the home screen: whether the browser would, when it is offered, what an iPhone must be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from e2e import sight
from e2e.ways import by_touch_and_by_keyboard

if TYPE_CHECKING:
    from e2e.fixtures import MakePerson
    from e2e.person import Person
    from e2e.server import Server

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.5 Mobile/15E148 Safari/604.1"
)
IPAD = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.5 Safari/605.1.15"
)
NOTE = "Begun in Safari"


def test_a_browser_would_install_it_and_finds_nothing_wrong(make_person: MakePerson) -> None:
    person = make_person(keeps_profile=True)
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    assert asks_the_browser(person, "Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert asks_the_browser(person, "Page.getAppManifest")["errors"] == []


def test_where_it_cannot_be_installed_the_browser_says_so(person: Person) -> None:
    person.opens("/")
    person.phone.waits_until_the_app_is_kept()
    errors = asks_the_browser(person, "Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors] == ["in-incognito"]


def test_the_manifest_has_all_that_a_home_screen_asks_for(person: Person, server: Server) -> None:
    person.opens("/")
    answer = person.page.request.get(server.address + "/manifest.webmanifest")
    assert answer.headers["content-type"].startswith("application/manifest+json")
    manifest = answer.json()
    assert {key: manifest[key] for key in ("id", "start_url", "scope", "display", "lang", "dir")} == {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": "en-GB",
        "dir": "ltr",
    }
    assert all(manifest[key] for key in ("name", "short_name", "description", "theme_color", "background_color"))
    assert len(manifest["short_name"]) <= 12
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"] if icon["purpose"] == "any"}
    assert "512x512" in {icon["sizes"] for icon in manifest["icons"] if icon["purpose"] == "maskable"}
    assert {shot["form_factor"] for shot in manifest["screenshots"]} == {"narrow", "wide"}
    for picture in [*manifest["icons"], *manifest["screenshots"]]:
        fetched = person.page.request.get(server.address + picture["src"])
        assert fetched.ok
        assert fetched.headers["content-type"].partition(";")[0] == picture["type"]
        if picture["type"] == "image/png":
            assert size_of_png(fetched.body()) == picture["sizes"]


def test_each_shortcut_opens_its_screen(already_has_a_diary: Person, server: Server) -> None:
    person = already_has_a_diary
    shortcuts = person.page.request.get(server.address + "/manifest.webmanifest").json()["shortcuts"]
    assert [shortcut["url"] for shortcut in shortcuts] == ["/check-in", "/rough-day", "/timer"]
    for shortcut, said in zip(shortcuts, ("check-in.note", "rough-day.word", "timer.choose"), strict=True):
        person.opens_the_app_cold(shortcut["url"])
        person.sees(said)
        person.does_not_see("not-found.title")


@by_touch_and_by_keyboard
def test_the_browsers_offer_waits_on_today_and_not_now_holds(person: Person) -> None:
    person.opens("/")
    person.sees("welcome.start")
    the_browser_offers(person)
    person.sees("welcome.start")
    person.does_not_see("install.why")
    person.taps("welcome.start")
    person.sees("install.why")
    person.taps("install.not-now")
    person.does_not_see("install.why")
    person.goes_to("places.diary")
    person.sees("diary.empty")
    person.goes_to("places.today")
    person.sees("today.check-in")
    person.does_not_see("install.why")
    assert times_asked(person) == 0
    person.taps("page.more")
    person.taps("home-screen.title")
    person.taps("home-screen.do")
    person.sees("home-screen.elsewhere")
    assert times_asked(person) == 1


@by_touch_and_by_keyboard
def test_from_today_the_browser_asks_once_and_the_offer_is_gone(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.does_not_see("install.why")
    the_browser_offers(person)
    person.sees("install.why")
    person.taps("install.do")
    person.does_not_see("install.why")
    assert times_asked(person) == 1


def test_without_an_offer_more_says_where_the_browser_has_it(already_has_a_diary: Person) -> None:
    person = already_has_a_diary
    person.taps("page.more")
    person.taps("home-screen.title")
    person.sees("home-screen.elsewhere")
    person.does_not_see("home-screen.do")
    person.does_not_see("home-screen.apple-share")


@by_touch_and_by_keyboard
@pytest.mark.parametrize(("agent", "touches"), [(IPHONE, 5), (IPAD, 5)], ids=["iPhone", "iPad that says it is a Mac"])
def test_in_a_tab_of_an_iphone_the_home_screen_comes_first_with_its_reason(
    make_person: MakePerson, agent: str, touches: int
) -> None:
    person = on_apple(make_person, agent, touches=touches)
    person.opens("/")
    person.sees("welcome.home-screen-first")
    person.sees("welcome.home-screen-why")
    person.sees("welcome.home-screen-how")
    reads_before(person, "welcome.home-screen-first", "welcome.start")
    person.does_not_see("read-back.from-safari")
    person.taps("welcome.start")
    person.taps("page.more")
    person.taps("home-screen.title")
    for step in ("apple-copy", "apple-share", "apple-add", "apple-bring"):
        person.sees(f"home-screen.{step}")
    person.does_not_see("home-screen.elsewhere")


@by_touch_and_by_keyboard
def test_opened_empty_from_the_home_screen_of_an_iphone_it_asks_for_what_was_begun_in_safari(
    make_person: MakePerson,
) -> None:
    in_safari = on_apple(make_person, IPHONE, touches=5)
    in_safari.opens("/")
    in_safari.taps("welcome.start")
    in_safari.taps("today.check-in")
    in_safari.writes("check-in.note", NOTE)
    in_safari.taps("check-in.keep")
    in_safari.sees_text(NOTE)
    in_safari.opens("/take-with-me")
    file = in_safari.saves_a_file("take-with-me.save")

    person = on_apple(make_person, IPHONE, touches=5, from_home_screen=True)
    person.opens("/")
    person.sees("read-back.from-safari")
    person.sees("read-back.from-safari-how")
    reads_before(person, "read-back.from-safari", "welcome.start")
    person.does_not_see("welcome.home-screen-first")
    person.gives_a_file("read-back.i-have-one", file)
    person.sees("read-back.added", count=1)
    person.sees_text_once(NOTE)
    person.opens_the_app_cold("/")
    person.sees_text_once(NOTE)
    person.does_not_see("read-back.from-safari")
    person.taps("page.more")
    person.sees("take-with-me.title")
    person.does_not_see("home-screen.title")


@pytest.mark.parametrize(
    "agent",
    [pytest.param(IPAD, id="a Mac"), pytest.param(IPHONE.replace("iPhone;", "Linux; Android 15;"), id="Android")],
)
def test_elsewhere_nobody_is_told_about_iphones(make_person: MakePerson, agent: str) -> None:
    person = on_apple(make_person, agent, touches=0 if agent == IPAD else 5)
    person.opens("/")
    person.sees("welcome.start")
    person.does_not_see("welcome.home-screen-first")
    person.does_not_see("read-back.from-safari")


def on_apple(make_person: MakePerson, agent: str, *, touches: int, from_home_screen: bool = False) -> Person:
    """Make somebody whose browser says it is this one, with so many fingers at once, in a tab or opened by its icon."""
    person = make_person(extra=(("user_agent", agent),))
    says = f"Object.defineProperty(Navigator.prototype, 'maxTouchPoints', {{ get: () => {touches} }});"
    if from_home_screen:
        says += "Object.defineProperty(Navigator.prototype, 'standalone', { get: () => true });"
    person.phone.context.add_init_script(says)
    return person


def the_browser_offers(person: Person) -> None:
    """Do as Chromium does where it would install: headless it never does so itself. Its own offer must be held back."""
    assert person.page.evaluate(OFFER)


def times_asked(person: Person) -> int:
    return int(person.page.evaluate("asked"))


def asks_the_browser(person: Person, what: str) -> dict[str, Any]:
    return person.phone.context.new_cdp_session(person.page).send(what)


def reads_before(person: Person, first: str, second: str) -> None:
    """Check that one stands above the other."""
    heights = []
    for key in (first, second):
        words = person.words.whole(key)
        place = sight.control(person.page, words).or_(person.page.get_by_role("heading", name=words))
        expect(place).to_be_visible()
        box = place.bounding_box()
        assert box is not None
        heights.append(box["y"])
    assert heights[0] < heights[1]


def size_of_png(content: bytes) -> str:
    return f"{int.from_bytes(content[16:20])}x{int.from_bytes(content[20:24])}"


OFFER = """() => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  window.asked = 0;
  offer.prompt = async () => { window.asked += 1; };
  offer.userChoice = Promise.resolve({ outcome: "dismissed" });
  window.dispatchEvent(offer);
  return offer.defaultPrevented;
}"""
