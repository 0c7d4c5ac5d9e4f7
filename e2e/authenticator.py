"""What a phone answers when a site asks for a passkey: played by the browser, over its own protocol for tests.

https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from e2e.phone import Phone

CLOSES = """(name) => {
  const asked = navigator.credentials[name];
  navigator.credentials[name] = () => {
    navigator.credentials[name] = asked;
    return Promise.reject(new DOMException("Closed.", "NotAllowedError"));
  };
}"""
NO_PASSKEYS = "delete window.PublicKeyCredential;"


class Authenticator:
    """The passkeys of the page in front. They last as long as that page is open, through reloads too."""

    def __init__(self, phone: Phone, *, has_prf: bool = True) -> None:
        page = self._page = phone.page or phone.opens_tab()
        self._session = page.context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "hasPrf": has_prf,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self._id = added["authenticatorId"]

    def has_its_next_question_closed(self, *, making: bool) -> None:
        """Have the person close the browser's next question: the one that makes a passkey, or that asks for one."""
        self._page.evaluate(CLOSES, "create" if making else "get")

    def lies(self, *, bogus_signature: bool = False, bad_verification: bool = False) -> None:
        """From now on sign with another key, or say that it verified nobody; or neither."""
        bits = {"isBogusSignature": bogus_signature, "isBadUV": bad_verification}
        self._session.send("WebAuthn.setResponseOverrideBits", {"authenticatorId": self._id, **bits})

    def verifies(self, *, the_person: bool) -> None:
        """Have its next checks of finger, face or PIN go well, or fail."""
        self._session.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": the_person})

    @property
    def passkeys(self) -> list[dict[str, Any]]:
        """The passkeys it holds."""
        held: list[dict[str, Any]] = self._session.send("WebAuthn.getCredentials", {"authenticatorId": self._id})[
            "credentials"
        ]
        return held


def has_no_passkeys(phone: Phone) -> None:
    """Make every page of this phone one of a browser without passkeys."""
    phone.context.add_init_script(NO_PASSKEYS)
