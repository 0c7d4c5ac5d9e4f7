"""Every secret that a page makes keys of, told as it is made, so that a journey can look for it in what was sent.

What goes into `crypto.subtle` as key material is a secret: vault keys, recovery codes, the output of passkeys, words
that lock the app, private halves. The page itself is as it ships; the browser's own functions are listened to.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

LISTENS = """
(() => {
  const tell = window.tellSecretMade;
  delete window.tellSecretMade;
  if (!crypto.subtle) return; // An empty page, before the site.
  const told = new Set();
  const given = crypto.subtle.importKey.bind(crypto.subtle);
  const beforeScalar = 36; // of a private half in PKCS8: RFC 5915, RFC 5208
  const secretIn = (format, key, name) => {
    const bytes = new Uint8Array(key.buffer ?? key, key.byteOffset ?? 0, key.byteLength);
    if (format === "pkcs8") return bytes.subarray(beforeScalar, beforeScalar + 32);
    return format === "raw" && ["HKDF", "PBKDF2", "AES-GCM"].includes(name) ? bytes : new Uint8Array();
  };
  crypto.subtle.importKey = (format, key, algorithm, ...rest) => {
    const secret = secretIn(format, key, algorithm.name ?? algorithm);
    const hex = Array.from(secret, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== "" && !told.has(hex)) void tell(hex).catch(() => undefined);
    told.add(hex);
    return given(format, key, algorithm, ...rest);
  };
})();
"""


def tell_secrets(context: BrowserContext, hear: Callable[[bytes], None]) -> None:
    """Call it with everything that keys are made of, on every page of this browser from now on."""
    context.expose_binding("tellSecretMade", lambda _, made: hear(bytes.fromhex(made)))
    context.add_init_script(LISTENS)


def forms_of_bytes(secret: bytes) -> list[str]:
    """Return how bytes may be written in a request."""
    standard = base64.b64encode(secret).decode().rstrip("=")
    return [secret.hex(), standard, standard.replace("+", "-").replace("/", "_"), ",".join(map(str, secret))]
