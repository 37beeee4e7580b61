"""Copies of a leaflet for one person each, its lines filled in from a table; nothing of them is kept elsewhere."""
