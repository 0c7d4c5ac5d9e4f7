"""Every secret that a page makes keys of, noted as it is made, so that a story can look for it in what was sent.

What goes into `crypto.subtle` as raw key material is a secret: vault keys, recovery codes, the output of passkeys. The
page itself is as it ships; the browser's own functions are listened to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from e2e.phone import Phone

LISTENS = """
(() => {
  if (!crypto.subtle) return; // An empty page, before the site.
  const noted = [];
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const given = crypto.subtle.importKey.bind(crypto.subtle);
  crypto.subtle.importKey = (format, key, ...rest) => {
    if (format === "raw" && rest[0] === "HKDF") noted.push(hex(key));
    return given(format, key, ...rest);
  };
  Object.defineProperty(window, "secretsMade", { value: noted });
})();
"""


def listens_for_secrets(phone: Phone) -> None:
    """Note, on every page of this phone from now on, what keys are derived from."""
    phone.context.add_init_script(LISTENS)


def secrets_made(phone: Phone) -> list[bytes]:
    """Return what keys were derived from on the page in front, each once."""
    made: list[str] = phone.front.evaluate("() => window.secretsMade")
    return [bytes.fromhex(each) for each in dict.fromkeys(made)]
