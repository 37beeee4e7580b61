"""A cut of the printed page for each message of a leaflet, for translators and their platforms."""
