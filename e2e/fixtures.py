"""Fixtures that read like a story: a person, a phone, a network, a server."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from e2e.browser import chromium_launch_options
from e2e.builds import BUILT, STATIC, this_build
from e2e.connection import Connection, Network
from e2e.full_diary import full_diary
from e2e.journal import Journal
from e2e.pacing import writes_an_activity
from e2e.person import Person
from e2e.phone import Phone, PhoneSettings
from e2e.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from e2e.hands import Way
    from e2e.witness import Witness

JOURNAL = pytest.StashKey[Journal]()
MakePhone = Callable[..., Phone]
MakePerson = Callable[..., Person]
DAY_TURNS_AT = timedelta(hours=4)
SERVERS_OF_ONES_OWN = ("own_server", "connection")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium that ``python -m e2e.browser`` found."""
    return {**chromium_launch_options(), **browser_type_launch_args}


@pytest.fixture
def journal(request: pytest.FixtureRequest) -> Iterator[Journal]:
    """Keep the record of this test."""
    journal = request.node.stash[JOURNAL] = Journal(request.node.nodeid)
    yield journal
    journal.ends()


@pytest.fixture
def witness(journal: Journal) -> Witness:
    """What went wrong so far. ``witness.expects("…")`` lets pass what a test is about."""
    return journal.witness


@pytest.fixture
def chance(journal: Journal) -> random.Random:
    """Chance, from a seed that a failure writes down; ``E2E_SEED`` sets it."""
    return random.Random(journal.seed)  # noqa: S311 - it keeps no secret


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the server that ordinary journeys share; it is never stopped."""
    folder = tmp_path_factory.mktemp("server")
    server = started(Server(folder), folder)
    yield server
    server.stop()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """Start a server for this test alone, which may be stopped and started again."""
    server = started(Server(tmp_path), tmp_path)
    yield server
    server.stop()


@pytest.fixture
def server(request: pytest.FixtureRequest, journal: Journal) -> Server:
    """The server that phones speak to: this test's own where it asks for one, else the shared."""
    has_own = any(name in request.fixturenames for name in SERVERS_OF_ONES_OWN)
    server: Server = request.getfixturevalue("own_server" if has_own else "shared_server")
    journal.follows(server)
    return server


@pytest.fixture
def make_phone(
    browser: Browser, browser_type_launch_args: dict[str, Any], server: Server, journal: Journal, tmp_path: Path
) -> MakePhone:
    """Make phones: ``make_phone(zone="Asia/Tokyo")``. What can be set is in PhoneSettings."""

    def make(settings: PhoneSettings | None = None, **knobs: Any) -> Phone:  # noqa: ANN401 - as PhoneSettings has them
        phone = Phone(
            replace(settings or PhoneSettings(), **knobs),
            browser=browser,
            launch_options=browser_type_launch_args,
            server=server,
            witness=journal.witness,
            requests=journal.requests,
            folder=tmp_path / f"phone-{len(journal.phones) + 1}",
        )
        journal.phones.append(phone)
        return phone

    return make


@pytest.fixture
def way(request: pytest.FixtureRequest) -> Way:
    """How the person works the screen: by touch, unless the test is marked with ``by_touch_and_by_keyboard``."""
    return getattr(request, "param", "touch")


@pytest.fixture
def make_person(make_phone: MakePhone, way: Way) -> MakePerson:
    """Make people, each with a phone of their own: ``make_person(locale="cy-GB")``."""
    return lambda **knobs: Person(make_phone(**knobs), way=way)


@pytest.fixture
def phone_settings() -> PhoneSettings:
    """What ``phone`` is like. A test module or class may say otherwise."""
    return PhoneSettings()


@pytest.fixture
def phone(make_phone: MakePhone, phone_settings: PhoneSettings) -> Phone:
    """The phone of ``person``: 360 by 740, with touch, in Britain."""
    return make_phone(phone_settings)


@pytest.fixture
def person(phone: Phone, way: Way) -> Person:
    """Somebody with a phone."""
    return Person(phone, way=way)


@pytest.fixture
def another_person(make_person: MakePerson) -> Person:
    """Somebody else, with another phone."""
    return make_person()


@pytest.fixture
def already_has_a_diary(person: Person) -> Person:
    """Somebody who has started a diary, and sees Today."""
    person.opens("/")
    person.taps("welcome.start")
    person.sees("today.lives-here")
    return person


@pytest.fixture
def already_has_a_full_diary(already_has_a_diary: Person) -> Person:
    """Somebody who has read back four months of a made-up diary, `e2e.full_diary`; they see Today."""
    person = already_has_a_diary
    file = person.phone.folder / "cairn-full.json"
    zone = ZoneInfo(person.phone.settings.zone)
    last = datetime.fromtimestamp(person.page.evaluate("() => Date.now()") / 1000, zone) - DAY_TURNS_AT
    file.write_text(full_diary(last.date(), zone), encoding="utf-8")
    person.opens("/take-with-me")
    person.gives_a_file("read-back.choose", file)
    person.sees("read-back.came")
    person.does_not_see("read-back.same")
    person.opens("/")
    person.sees("today.so-far")
    return person


@pytest.fixture
def already_has_an_activity(already_has_a_diary: Person) -> Person:
    """Somebody with an activity of 9 minutes, then 5 of rest; they are on its page."""
    already_has_a_diary.opens("/plans/activities/new")
    writes_an_activity(already_has_a_diary, amount="9")
    return already_has_a_diary


@pytest.fixture
def network(journal: Journal) -> Network:
    """The network of every phone of this test, as the browser knows it: ``offline()``, ``online()``."""
    return Network(journal)


@pytest.fixture
def connection(request: pytest.FixtureRequest, network: Network, server: Server) -> Connection:
    """What lies between phone and server: ``is_lost()``, ``is_back()``; by ``cut_off_both_ways`` in each way."""
    return Connection(network, server, way=getattr(request, "param", "no network"))


def started(server: Server, folder: Path) -> Server:
    """Start a server with the client of this checkout, or with the one that ``E2E_BUILT`` names."""
    if not (BUILT / "assets.json").exists():
        pytest.fail("The client is not built. Run `make e2e`, or `.venv/bin/python hatch_build.py`.", pytrace=False)
    if BUILT == STATIC / "built":
        server.start()
    else:
        server.serves(this_build(folder))
    return server
