"""Spaces and their revisions: what phones push and pull, sealed.

`routes.py` alone answers requests; the other modules are plain functions that know no Flask.
"""
