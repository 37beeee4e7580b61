"""How hard an edition is to read: sentences, syllables, formulas. ``scores.measure`` is the door.

Only importer of textstat (``opinion``) and pyphen (``syllables``), both inside functions.
"""
