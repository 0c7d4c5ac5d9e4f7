"""What a browser's storage does to an app when it goes wrong, brought about as near to the browser as may be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

    from e2e.phone import Phone


class Storage:
    """The storage that one phone gives to the site. Faults hold for the page in front, until they are lifted."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._sessions: dict[Page, CDPSession] = {}

    def is_full(self) -> None:
        """Let the site have no byte more. The browser is started anew: it remembers for a while how much there was.

        The phone must be made with ``keeps_profile=True``. A blank page is in front.
        """
        self._phone.switches_off()
        self._phone.starts_again()
        self._phone.opens_tab()
        self._begin().send("Storage.overrideQuotaForOrigin", {"origin": self._origin, "quotaSize": 1})

    def has_room_again(self) -> None:
        """Let the site have what the browser gives."""
        self._begin().send("Storage.overrideQuotaForOrigin", {"origin": self._origin})

    def gives_up_on_writing(self, *, times: int | None = None) -> None:
        """Abort each transaction that writes, after its first write; or only so many of them."""
        self._phone.front.evaluate(GIVE_UP, times)

    def writes_again(self) -> None:
        """Let transactions be."""
        self._phone.front.evaluate("() => window.letTransactionsBe()")

    def is_cleared(self) -> None:
        """Clear the site's databases under the open app, as people do in the browser's settings."""
        wanted = {"origin": self._origin, "storageTypes": "indexeddb"}
        self._begin().send("Storage.clearDataForOrigin", wanted)

    def keeps_no_keys(self) -> None:
        """Refuse to store a key, as private windows and lockdown modes do: on every page opened from now on."""
        self._phone.context.add_init_script(REFUSE_KEYS)

    def does_not_give(self, key: str) -> None:
        """Fail to read what stands under a key: on every page opened from now on."""
        self._phone.context.add_init_script(REFUSE_READING.replace("KEY", json.dumps(key)))

    def gives_late(self, key: str) -> None:
        """Give what stands under a key only after ``gives_it_now``, on the page in front."""
        self._phone.front.evaluate("() => " + READ_LATE.replace("KEY", json.dumps(key)))

    def gives_it_now(self) -> None:
        """Give what was held back, on the page in front."""
        self._phone.front.evaluate("() => window.letReadingGoOn()")

    def gives_no_more(self, key: str) -> None:
        """Fail to read what stands under a key, on the page in front."""
        self._phone.front.evaluate("() => " + REFUSE_READING.replace("KEY", json.dumps(key)))

    def gives_it_again(self) -> None:
        """Let reading be, on the page in front."""
        self._phone.front.evaluate("() => window.letReadingBe()")

    @property
    def _origin(self) -> str:
        return self._phone.server.address

    def _begin(self) -> CDPSession:
        page = self._phone.front
        if page not in self._sessions:
            self._sessions[page] = self._phone.context.new_cdp_session(page)
        return self._sessions[page]


GIVE_UP = """(times) => {
  let left = times ?? Infinity;
  const sound = { put: IDBObjectStore.prototype.put, add: IDBObjectStore.prototype.add };
  for (const name of ["put", "add"]) {
    IDBObjectStore.prototype[name] = function (...given) {
      const request = sound[name].apply(this, given);
      if (left > 0) {
        left -= 1;
        this.transaction.abort();
      }
      return request;
    };
  }
  window.letTransactionsBe = () => Object.assign(IDBObjectStore.prototype, sound);
}"""

REFUSE_READING = """{
  const sound = IDBObjectStore.prototype.get;
  IDBObjectStore.prototype.get = function (key) {
    if (key === KEY) throw new DOMException("It cannot be read.", "UnknownError");
    return sound.call(this, key);
  };
  window.letReadingBe = () => Object.assign(IDBObjectStore.prototype, { get: sound });
}"""

READ_LATE = """{
  const sound = IDBObjectStore.prototype.get;
  const goesOn = new Promise((resolve) => {
    window.letReadingGoOn = resolve;
  });
  IDBObjectStore.prototype.get = function (key) {
    const request = sound.call(this, key);
    if (key !== KEY) return request;
    const holds = (event) => {
      event.stopImmediatePropagation();
      request.removeEventListener("success", holds);
      void goesOn.then(() => request.dispatchEvent(new Event("success")));
    };
    request.addEventListener("success", holds);
    return request;
  };
}"""

REFUSE_KEYS = """{
  const sound = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...more) {
    if (value instanceof CryptoKey) throw new DOMException("A key cannot be cloned here.", "DataCloneError");
    return sound.call(this, value, ...more);
  };
}"""
