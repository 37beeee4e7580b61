"""Inputs that know the grammar of each file the tool reads, drawn by the thousand: ``python -m tests.fuzz``.

``grammar`` draws from rules; ``leaflets``, ``catalogs``, ``settings``, ``pictures`` and ``sheets`` have them.
``targets`` says what a run does with an input, ``running`` what it may cost: 2 CPU seconds, 500 MB, no traceback.
``seeds/<target>/`` has inputs that failed once, named after what is odd in them. ``tests/test_fuzz.py`` runs these and
a few drawn ones of each kind; ``.ci/run`` runs them and each target's ``share``.

A run takes 0.5 to 1 ms for drawings, PNGs, JPEGs and catalogs, 2 for heads, clinics, locales, layouts, looks, scores
and signatures, 4 for settings, languages, style sheets and tables, 18 for word lists, 20 for leaflets; 1 more to draw.
10,000 of each are about 800 CPU seconds; the shares, which fit three minutes on two cores, are about 330.
"""
