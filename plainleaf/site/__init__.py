"""Pages in HTML, for patients and staff."""
