"""The one error of this package."""

from __future__ import annotations


class RefusedError(Exception):
    """Something asked of an account was refused. `code` is one of `pwa.problems.PROBLEMS`."""

    def __init__(self, code: str) -> None:
        """Name the problem; nothing of what was sent goes with it."""
        super().__init__(code)
        self.code = code
