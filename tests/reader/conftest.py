"""The server with accounts, on each kind of database, as the tests of accounts have it."""

from tests.accounts.conftest import app, clock, settings

__all__ = ["app", "clock", "settings"]
