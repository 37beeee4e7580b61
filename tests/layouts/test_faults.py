"""A designer's slips are told at their own file and line, before anything is printed that lacks something."""

from __future__ import annotations
