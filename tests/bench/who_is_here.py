"""Whether the clock tells who has an account: a refused sign-in, with a known passkey and with an unknown one.

What is taken is the processor's time, which hardly depends on who else uses the machine.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Final

import pwa
from pwa.config import Settings
from pwa.database import db
from pwa.migrations import bring_up_to_date
from tests.accounts.authenticator import Lies
from tests.accounts.phone import Phone
from tests.bench.figures import Figure, NotMeasuredError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.bench.site import Site

ROUNDS: Final = 200
PLENTY: Final = "100000 per second"
WRONG: Final = Lies(signature=b"no signature")


def measure(site: Site) -> Iterator[Figure]:
    """Ask in turn, so that a busy moment is busy for both; the known one twice, to see what is noise."""
    data = site.folder / "who-is-here"
    data.mkdir()
    settings = Settings(
        data=data,
        database_url=f"sqlite:///{data / 'cairn.sqlite3'}",
        request_limit=PLENTY,
        sign_in_limit=PLENTY,
        sign_up_limit=PLENTY,
    )
    bring_up_to_date(settings.database_url)
    app = pwa.create_app(settings)
    known, unknown = Phone(app), Phone(app)
    known.sign_up()
    unknown.authenticator.make(unknown.challenge("sign-up")["publicKey"])
    asked = {"known": known, "unknown": unknown, "known again": known}
    seconds: dict[str, list[float]] = {name: [] for name in asked}
    with silence():
        for _ in range(ROUNDS):
            for name, phone in asked.items():
                seconds[name].append(refused(app, phone))
    with app.app_context():
        db.engine.dispose()
    medians = {name: median(taken) for name, taken in seconds.items()}
    noise = medians["known again"] / medians["known"]
    how = ", ".join(f"{name} {taken * 1000:.2f} ms" for name, taken in medians.items())
    times = medians["unknown"] / medians["known"]
    yield Figure(
        what="Refused sign-in, unknown passkey to known",
        budget=None,
        measured=times,
        unit="times",
        how=f"medians of {ROUNDS}: {how}; noise {noise:.3g} times",
    )


@contextmanager
def silence() -> Iterator[None]:
    """Leave out the log's line of each refusal."""
    logging.disable()
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def refused(app: Flask, phone: Phone) -> float:
    """Return the processor's seconds that a wrong answer takes, from a browser of its own."""
    browser = Phone(app)
    options = browser.challenge("sign-in")
    passkey = phone.authenticator.show(options["publicKey"], WRONG)
    began = time.thread_time()
    answer = browser.ask("POST", "/sessions", {"challenge": options["challenge"], "passkey": passkey})
    taken = time.thread_time() - began
    if answer.status_code != 401:
        raise NotMeasuredError(answer.text)
    return taken
