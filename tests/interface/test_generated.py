"""Requests that schemathesis thinks of, fitting the description and not: no defect, and every answer as described.

With a session and without one. `CAIRN_EXAMPLES` says how many there are of each operation and kind; the seed is
printed, and `CAIRN_SEED` takes it up again.
"""

from __future__ import annotations

import os
import secrets
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as run_settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

import pwa
from pwa.base64url import to_base64url
from pwa.database import db
from pwa.migrations import bring_up_to_date
from tests.accounts.phone import Phone
from tests.interface.description import DESCRIPTION, operations
from tests.interface.watch import SEEDED, SENT
from tests.sync.made import Vault, edit, first_part, record, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from pwa.config import Settings

EXAMPLES = int(os.environ.get("CAIRN_EXAMPLES", "6"))
SEED = int(os.environ.get("CAIRN_SEED", "0")) or secrets.randbits(32)
PLENTY = "100000 per second"
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
OPERATIONS = [(path, method) for path, method, _ in operations()]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    settings = replace(settings, request_limit=PLENTY, sync_limit=PLENTY, sign_in_limit=PLENTY, sign_up_limit=PLENTY)
    app = pwa.create_app(settings)
    bring_up_to_date(settings.database_url)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("is_signed_in", [False, True], ids=["a stranger", "somebody"])
@pytest.mark.parametrize("path_and_method", OPERATIONS, ids=" ".join)
def test_whatever_is_sent_is_answered_as_described(
    app: Flask, path_and_method: tuple[str, str], record_property: Callable[[str, object], None], *, is_signed_in: bool
) -> None:
    phone = Phone(app)
    own = signed_up(phone) if is_signed_in else {}
    phone.ask("GET", "/csrf")
    path, method = path_and_method
    operation = schemathesis.openapi.from_dict(DESCRIPTION)[path][method]
    statuses: Counter[int] = Counter()

    def send(case: Any) -> None:  # noqa: ANN401 - schemathesis's
        case.path_parameters = {**case.path_parameters, **{k: v for k, v in own.items() if k in case.path_parameters}}
        cookies = {**case.cookies, **phone.cookies()}
        answer = case.call(app=app, headers={"X-CSRFToken": phone.token, "Host": "localhost"}, cookies=cookies)
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, f"seed {SEED}: {answer.text}"
        case.validate_response(answer, checks=CHECKS)

    for mode in MODES:
        run(send, operation.as_strategy(generation_mode=mode))
        assert statuses, f"seed {SEED}: nothing that fits was sent"
    print(f"seed {SEED}", path, method, dict(statuses))
    record_property(SENT, statuses.total())
    record_property(SEEDED, SEED)


def run(send: Any, strategy: Any) -> None:  # noqa: ANN401 - hypothesis's and schemathesis's
    """Send a few. An operation that nothing can be wrong with has none that does not fit.

    How many depends on the seed alone, and not on how fast the machine is.
    """
    few: Any = run_settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        given_cases: Any = given(strategy)
        seeded: Any = seed(SEED)
        seeded(few(given_cases(send)))()
    except Unsatisfiable:
        pass


def signed_up(phone: Phone) -> dict[str, str]:
    """Sign up, put an entry into the diary, and return what stands in addresses of one's own."""
    vault = Vault(secrets.token_bytes(16))
    assert phone.sign_up(space=first_part(vault)).status_code == 201
    space = to_base64url(vault.space)
    sent = [written(edit(1, space=vault.space))]
    assert phone.ask("POST", f"/spaces/{space}/revisions", {"revisions": sent}).status_code == 200
    account = phone.account()
    return {
        "space": space,
        "record": to_base64url(record(1)),
        "phone": account["session"],
        "passkey": account["passkeys"][0]["id"],
    }
