"""Messages out to translators and back: .po files."""
