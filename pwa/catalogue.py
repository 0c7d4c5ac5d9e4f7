"""The words: one gettext catalogue for Python, templates and client, its ids keys and its texts what people read."""

from __future__ import annotations

import struct
from gettext import GNUTranslations
from typing import TYPE_CHECKING, Final

from flask_babel import Babel  # type: ignore[import-untyped] # it has no types

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from pwa.config import Settings

LOCALE: Final = "en"
LANGUAGE_TAG: Final = "en-GB"
DIRECTION: Final = "ltr"
KNOWN_KEY: Final = "app.name"


class CatalogueMissingError(RuntimeError):
    """The catalogue was not compiled, or cannot be read, so no page would have words."""

    code = "catalogue_missing"

    def __init__(self, file: Path) -> None:
        """Say which file it is, and what makes it anew."""
        super().__init__(f"{file} is missing or cannot be read; in a checkout `make run` makes it, a wheel carries it")
        self.file = file


def init_app(app: Flask, settings: Settings) -> None:
    """Give the app its words. Raises `CatalogueMissingError`."""
    check_catalogue(settings)
    Babel(
        app,
        default_locale=LOCALE,
        default_domain="messages",
        default_translation_directories=str(settings.translations),
        locale_selector=lambda: LOCALE,
    )


def check_catalogue(settings: Settings) -> None:
    """Raise `CatalogueMissingError` unless the compiled catalogue can be read and has words."""
    read_words(settings)


def read_words(settings: Settings) -> GNUTranslations:
    """Read the compiled catalogue, for what is said outside a request. Raises `CatalogueMissingError`."""
    file = settings.translations / LOCALE / "LC_MESSAGES" / "messages.mo"
    try:
        with file.open("rb") as compiled:
            words = GNUTranslations(compiled)
    except (OSError, ValueError, struct.error) as error:
        raise CatalogueMissingError(file) from error
    if words.gettext(KNOWN_KEY) == KNOWN_KEY:
        raise CatalogueMissingError(file)
    return words
