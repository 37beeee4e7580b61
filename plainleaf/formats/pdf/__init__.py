"""HTML -> PDF/UA."""
