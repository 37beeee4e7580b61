"""Inputs that know the grammar of each file the tool reads, drawn by the thousand: ``python -m tests.fuzz``.

``grammar`` draws from rules; ``leaflets``, ``catalogs``, ``settings``, ``pictures`` and ``sheets`` have them.
``targets`` says what a run does with an input, ``running`` what it may cost: 2 CPU seconds, 500 MB, no traceback.
``seeds/<target>/`` has inputs that failed once, named after what is odd in them. ``tests/test_fuzz.py`` runs these and
a few hundred drawn ones of each kind (``usual``).

A CPU second is enough for about 1,500 drawings or JPEGs, 850 PNGs, 200 to 300 heads, layouts, looks or scores, 100
settings or clinics, 50 files of signatures, 40 catalogs, 30 language files, 20 style sheets, 10 leaflets or tables.
"""
