"""What is checked on a leaflet and its editions."""
