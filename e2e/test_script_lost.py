"""The script that speaks to the site is lost once on its way: nothing else is, and it is fetched again when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.builds import this_build
from e2e.kept_safe import reads_the_code, shows_the_code_is_on_paper, waits_until_backed_up

if TYPE_CHECKING:
    from pathlib import Path

    from e2e.person import Person
    from e2e.server import Server
    from e2e.witness import Witness


def test_the_script_of_the_account_is_fetched_again_where_it_was_lost_once(
    person: Person, own_server: Server, witness: Witness, tmp_path: Path
) -> None:
    # The app is not kept on the phone yet, as one of its files came cut off.
    witness.expects("service worker|ServiceWorker|Unexpected")
    witness.expects("net::ERR_|Failed to fetch dynamically imported module")
    build = this_build(tmp_path)
    own_server.serves(build, cutting="service-worker")
    person.opens("/")
    person.taps("welcome.start")
    person.sees("today.lives-here")
    own_server.stop()
    person.taps("keep-safe.title")
    person.sees("today.lives-here")
    own_server.serves(build)
    person.taps("places.diary")
    person.taps("places.today")
    person.taps("keep-safe.title")
    person.taps("consent.yes")
    person.taps("way-in.code-alone")
    shows_the_code_is_on_paper(person, reads_the_code(person))
    person.sees("kept.code-yes")
    waits_until_backed_up(person)
