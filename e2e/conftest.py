"""The fixtures and hooks of the journeys; `e2e/README.md` shows how to use them."""

from e2e.fixtures import *  # noqa: F403 - fixtures are found by name
from e2e.hooks import *  # noqa: F403 - and so are hooks
