"""How hard an edition is to read: the gate."""
