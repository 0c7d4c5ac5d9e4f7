"""How a phone comes to have a vault: by signing up with a new code, or by signing in with one (docs/accounts.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reader.base64url import from_base64url, to_base64url
from tests.reader.client import Phone, show_code
from tests.reader.keys import Device, add_slot, found_vault, open_roll, with_first_slots
from tests.reader.points import new_scalar, point_of
from tests.reader.records import Records
from tests.reader.recovery_code import CODE_BYTES, code_token
from tests.reader.rows import sent
from tests.reader.slots import Code, make_device_slot, make_slot
from tests.reader.space_log import SpaceLog

if TYPE_CHECKING:
    from tests.reader.chance import Chance
    from tests.reader.site import Browser


def sign_up(browser: Browser, *, chance: Chance) -> Phone:
    """Found a vault and an account for it, with a code that opens both. Raises `RefusedError`."""
    phone = new_phone(browser, chance=chance)
    attach(phone)
    return phone


def new_phone(browser: Browser, *, chance: Chance) -> Phone:
    """Found a vault on a phone, with a code, before any server knows of it."""
    code, scalar, vault = Code(chance(CODE_BYTES)), new_scalar(chance), found_vault(chance)
    slot = make_device_slot(point_of(scalar), chance=chance)
    code_slot = make_slot(code, space=vault.space, signing=vault.entry.signing[-1].key, chance=chance)
    vault = with_first_slots(vault, [code_slot, slot], chance=chance)
    return Phone(browser, code, Device(slot["id"], scalar), Records(vault, chance), [vault.last])


def attach(phone: Phone) -> None:
    """Make an account for the phone's vault. Raises `RefusedError`."""
    space = {"id": to_base64url(phone.vault.space), "entry": sent(phone.roll[0])}
    asked = phone.browser.challenge("sign-up")
    recovery = to_base64url(code_token(phone.code.secret))
    phone.browser.ask("POST", "/account", {"challenge": asked, "space": space, "recovery": recovery})
    phone.push_entries(phone.roll[1:])


def sign_in(browser: Browser, code: Code, *, chance: Chance) -> Phone:
    """Open the vault of a code on a fresh phone, and give it a slot of its own. Nothing of the diary is read yet.

    Raises `RefusedError` where the site does not know the code, `UnreadableError` where the roll does not hold.
    """
    show_code(browser, code, "/sessions", "sign-in")
    space = from_base64url(browser.ask("GET", "/spaces")["spaces"][0], 16)
    roll = SpaceLog(browser, space).roll()
    vault, scalar = open_roll(space, roll, code), new_scalar(chance)
    slot = make_device_slot(point_of(scalar), chance=chance)
    vault = add_slot(vault, slot, chance=chance)
    phone = Phone(browser, code, Device(slot["id"], scalar), Records(vault, chance), [*roll, vault.last])
    phone.push_entries([vault.last])
    return phone
