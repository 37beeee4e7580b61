"""Markdown -> Leaflet."""
