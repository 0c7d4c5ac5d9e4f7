"""The web app manifest: how the app looks on a home screen. Knows no Flask.

Members: https://www.w3.org/TR/appmanifest/ and https://w3c.github.io/manifest-app-info/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pwa.shell.files import ServedFile

GROUND_LIGHT: Final = "#f0eee7"
GROUND_DARK: Final = "#12110e"

ICONS: Final = (
    ("icons/icon-192.png", "192x192", "any"),
    ("icons/icon-512.png", "512x512", "any"),
    ("icons/maskable-512.png", "512x512", "maskable"),
    ("icons/icon.svg", "any", "any"),
)


def web_manifest(
    translate: Callable[[str], str], static: Mapping[str, ServedFile], *, language: str, direction: str
) -> dict[str, Any]:
    """Return the manifest in the catalogue's words; of the pictures only those that are there."""
    screenshots = (
        ("screenshots/today-narrow.png", "narrow", translate("manifest.today-narrow")),
        ("screenshots/today-wide.png", "wide", translate("manifest.today-wide")),
    )
    shortcuts = (
        (translate("manifest.check-in"), "/check-in"),
        (translate("manifest.rough-day"), "/rough-day"),
        (translate("manifest.timer"), "/timer"),
    )
    return {
        "id": "/",
        "name": translate("app.name"),
        "short_name": translate("app.name"),
        "description": translate("app.description"),
        "lang": language,
        "dir": direction,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": GROUND_LIGHT,
        "background_color": GROUND_LIGHT,
        "categories": ["health", "lifestyle"],
        "icons": [
            {
                "src": f"/static/{name}",
                "sizes": sizes,
                "type": static[name].media_type.partition(";")[0],
                "purpose": purpose,
            }
            for name, sizes, purpose in ICONS
            if name in static
        ],
        "screenshots": [
            {
                "src": f"/static/{name}",
                "sizes": _size_of(static[name].content),
                "type": "image/png",
                "form_factor": form,
                "label": label,
            }
            for name, form, label in screenshots
            if name in static
        ],
        "shortcuts": [
            {
                "name": name,
                "url": url,
                "icons": [{"src": "/static/icons/icon-192.png", "sizes": "192x192", "type": "image/png"}],
            }
            for name, url in shortcuts
        ],
    }


def _size_of(png: bytes) -> str:
    """Read width and height from the PNG's header chunk: https://www.w3.org/TR/png-3/#11IHDR."""
    return f"{int.from_bytes(png[16:20])}x{int.from_bytes(png[20:24])}"
