"""What the figures in the docs are measured with: ``make bench-NAME`` runs ``python -m benchmarks.NAME``.

Quality: ``cleaning``, ``metadata``, ``articles``, ``entities``, ``places``, ``recogniser``. Cost: ``page``, ``stream``,
``limits``, ``metrics``. For refactorings: ``outcomes`` shows that what comes out is as it was. Gold and scorers are in
``evaluation``.
"""
