"""The routes of accounts, each a parse, a call and an answer. Described in `docs/accounts.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from pwa.accounts.routes import account, ceremonies, passkeys, sessions

if TYPE_CHECKING:
    from flask_limiter import Limiter

    from pwa.config import Settings


def make_blueprint(settings: Settings, limiter: Limiter) -> Blueprint:
    """Return the routes, with their limits."""
    bp = Blueprint("accounts", __name__, url_prefix="/api/v1")
    limiter.shared_limit(settings.request_limit, scope="accounts")(bp)
    showing = limiter.shared_limit(settings.sign_in_limit, scope="sign-in")
    signing_up = limiter.limit(settings.sign_up_limit)

    bp.get("/csrf")(ceremonies.csrf)
    bp.post("/challenges")(ceremonies.make_challenge)
    bp.post("/account")(signing_up(ceremonies.sign_up))
    bp.post("/sessions")(showing(ceremonies.sign_in))
    bp.post("/proofs")(showing(ceremonies.prove))

    bp.get("/account")(account.show_account)
    bp.delete("/account")(account.end_account)
    bp.put("/account/recovery")(account.replace_recovery)

    bp.post("/passkeys")(passkeys.add_passkey)
    bp.patch("/passkeys/<passkey>")(passkeys.label_passkey)
    bp.delete("/passkeys/<passkey>")(passkeys.remove_passkey)

    bp.get("/sessions")(sessions.show_sessions)
    bp.delete("/sessions/current")(sessions.end_own_session)
    bp.patch("/sessions/<phone>")(sessions.label_session)
    bp.delete("/sessions/<phone>")(sessions.end_session)
    return bp
