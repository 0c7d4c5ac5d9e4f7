"""What a timer asks of the phone: to be felt, to be heard, to keep its screen on. It is given as ever, and noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from e2e.phone import Phone

NOTES_WHAT_IS_ASKED = """(() => {
  if (!isSecureContext) return;  // the blank page before the app's
  const asked = (window.askedOfThePhone = []);
  const { vibrate } = navigator;
  navigator.vibrate = (pattern) => { asked.push("felt"); return vibrate.call(navigator, pattern); };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when) { asked.push("heard"); start.call(this, when); };
  const { request } = WakeLock.prototype;
  WakeLock.prototype.request = async function (kind) {
    const lock = await request.call(this, kind);
    asked.push("screen on");
    lock.addEventListener("release", () => asked.push("screen let go"));
    return lock;
  };
})()"""
HAS_NEITHER_SOUND_NOR_TOUCH = """(() => {
  delete window.AudioContext;
  delete Navigator.prototype.vibrate;
  WakeLock.prototype.request = () => Promise.reject(new DOMException("The battery is low.", "NotAllowedError"));
})()"""


class AskedOfThePhone:
    """What the page in front asked for since it was opened, in order; tones of one sound once."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        phone.context.add_init_script(NOTES_WHAT_IS_ASKED)

    def so_far(self) -> list[str]:
        asked: list[str] = self._phone.front.evaluate("() => window.askedOfThePhone")
        return [what for place, what in enumerate(asked) if what != "heard" or asked[place - 1 : place] != ["heard"]]

    def comes_to(self, *expected: str) -> None:
        """Wait until just this was asked for."""
        for _ in range(40):
            if self.so_far() == list(expected):
                return
            self._phone.front.wait_for_timeout(50)
        assert self.so_far() == list(expected)
