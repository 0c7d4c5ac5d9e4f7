"""What a screen says, by catalogue key: a journey names the key, the person sees the words."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).resolve().parents[1] / "pwa/translations"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


class UnknownKeyError(KeyError):
    """A journey named a key that the catalogue does not have."""

    def __init__(self, key: str, known: list[str]) -> None:
        near = difflib.get_close_matches(key, known, n=3)
        super().__init__(f"The catalogue has no key '{key}'." + (f" Near to it: {', '.join(near)}." if near else ""))


class Catalogue:
    """The texts a person of this locale reads: in their language where it is there, else in English."""

    def __init__(self, locale: str = "en-GB") -> None:
        language = locale.partition("-")[0]
        self._forms = read_forms(language if (TRANSLATIONS / language).is_dir() else "en")

    def whole(self, key: str, **values: object) -> re.Pattern[str]:
        """Return a pattern for a text that is this key's and nothing else, as a button's name is."""
        return re.compile(rf"^\s*(?:{self._either_form(key, values)})\s*$")

    def anywhere(self, key: str, **values: object) -> re.Pattern[str]:
        """Return a pattern for a text that contains this key's, as a paragraph may."""
        return re.compile(rf"(?:^|\W)(?:{self._either_form(key, values)})(?:\W|$)")

    def _either_form(self, key: str, values: dict[str, object]) -> str:
        if key not in self._forms:
            raise UnknownKeyError(key, sorted(self._forms))
        return "|".join(text_pattern(form, values) for form in self._forms[key])


@lru_cache(maxsize=4)
def read_forms(language: str) -> dict[str, tuple[str, ...]]:
    """Return each key's texts: one, or one for each plural form."""
    with (TRANSLATIONS / language / "LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file)
    forms: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        key = message.id if isinstance(message.id, str) else message.id[0]
        texts = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if key:
            forms[key] = texts
    return forms


def text_pattern(text: str, values: dict[str, object]) -> str:
    """Return a pattern for a text with placeholders; those without a value match anything."""
    pattern = ""
    for index, part in enumerate(PLACEHOLDER.split(text)):
        if index % 2 == 0:
            pattern += literal(part)
        else:
            pattern += literal(str(values[part])) if part in values else ".*?"
    return pattern


def literal(text: str) -> str:
    """Return a pattern for just this text, however its white space is laid out; readable by Python and JavaScript."""
    return re.sub(r"(?:\\?\s)+", r"\\s+", re.escape(text))
