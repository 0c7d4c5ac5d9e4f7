"""The one error of this reader: something cannot be read, and the code says why, in the documents' words."""

from __future__ import annotations


class UnreadableError(ValueError):
    """`code` is the one the documents give; `detail` says more where there is more to say."""

    def __init__(self, code: str, detail: str = "") -> None:
        """Keep both apart, so that tests compare codes."""
        super().__init__(f"{code} {detail}".rstrip())
        self.code = code
        self.detail = detail
