"""gunicorn's own lines, in the form of all others: its loggers hand on what they are told to the root."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import MutableMapping


class HandingOn(Logger):  # type: ignore[misc] # gunicorn has no types
    """A logger without a handler or a form of its own."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn has no types
        """Write no access log, and everything else as `pwa.log_lines` does, from its level on."""
        self.cfg = cfg
        self._access_log_enabled = False
        self.loglevel = logging.getLogger().getEffectiveLevel()
        logger = logging.getLogger("gunicorn.error")
        logger.setLevel(logging.NOTSET)
        logger.propagate = True
        self.error_log = _FromOutside(logger)


class _FromOutside(logging.LoggerAdapter[logging.Logger]):
    """Name the place that called gunicorn's logger, not that one's own lines."""

    def process(self, msg: Any, kwargs: MutableMapping[str, Any]) -> tuple[Any, MutableMapping[str, Any]]:  # noqa: ANN401 - as logging has it
        return msg, {**kwargs, "stacklevel": 2}
