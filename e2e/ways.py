"""Marks that run a journey in each of several ways."""

from __future__ import annotations

import pytest

# By touch, and again by keyboard alone: give the test the fixture ``person``.
by_touch_and_by_keyboard = pytest.mark.parametrize("way", ["touch", "keyboard"], indirect=True)

# The network away, which the browser knows; and the server stopped, which it does not: give the test ``connection``.
cut_off_both_ways = pytest.mark.parametrize("connection", ["no network", "server stopped"], indirect=True)
