"""gunicorn's own lines, in the form of all others: its loggers hand on what they are told to the root."""

from __future__ import annotations

import logging
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]


class HandingOn(Logger):  # type: ignore[misc] # gunicorn has no types
    """A logger without a handler or a form of its own."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Write no access log, and everything else as `pwa.log_lines` does, from its level on."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.loglevel = logging.getLogger().getEffectiveLevel()
        self.error_log.setLevel(logging.NOTSET)
        self.error_log.propagate = True
