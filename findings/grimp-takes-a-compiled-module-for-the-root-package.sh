#!/bin/sh
# Expected: `from cleaner.native.loops import walk`, where loops is a compiled module (Cython: .pyx, .so, no .py), is an
# import of `cleaner.native`, the nearest package that has a source, or of an external module of that name.
# What happens: without external packages in the graph the import is not there at all; with them it is an import of the
# ROOT package `cleaner`, two levels up, and chains on through all that cleaner/__init__.py imports, be it for type
# checkers alone.
# What it means: a wall around compiled loops is never checked, and a lazy door in __init__.py (names imported under
# TYPE_CHECKING) breaks contracts of files that never import it. Exclude imports for type checkers, or keep the root empty.
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check grimp==3.20
mkdir -p cleaner/native
printf 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from cleaner.door import clean\n' > cleaner/__init__.py
echo 'clean = print' > cleaner/door.py
touch cleaner/native/__init__.py
echo 'def walk(): ...' > cleaner/native/loops.pyx
echo 'from cleaner.native.loops import walk' > cleaner/stage.py
venv/bin/python - <<'PYTHON'
import grimp

def imported(**options):
    graph = grimp.build_graph("cleaner", cache_dir=None, **options)
    return sorted(graph.find_modules_directly_imported_by("cleaner.stage")), graph.find_shortest_chain("cleaner.stage", "cleaner.door")

alone, chain_alone = imported()
external, chain = imported(include_external_packages=True)
unchecked, no_chain = imported(include_external_packages=True, exclude_type_checking_imports=True)
print("grimp 3.20: cleaner.stage imports", alone or "nothing", "and, with external packages,", external)
print("the way from cleaner.stage to cleaner.door:", " -> ".join(chain))
assert (alone, chain_alone) == ([], None)
assert (external, chain) == (["cleaner"], ("cleaner.stage", "cleaner", "cleaner.door"))
assert no_chain is None
PYTHON
