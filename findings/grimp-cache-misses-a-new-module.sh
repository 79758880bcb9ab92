#!/bin/sh
# Expected: a cached import graph (grimp, which import-linter uses, with its cache on by default) equals a fresh one,
# for the cache is thrown away file by file as files change.
# What happens: `from package import name` is stored as an import of `package` while no module of that name exists.
# When package/name.py is added later the importing file has not changed, so the cache still answers `package`: the
# edge to the new module is missing, and a wrong one, to everything that package/__init__.py imports, stays.
# What it means: architecture contracts can pass or fail wrongly after a module was added; check them with --no-cache.
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check grimp==3.20 import-linter==2.13
mkdir cleaner
echo 'switch = "a plain attribute"' > cleaner/__init__.py
echo 'from cleaner import switch' > cleaner/stage.py
cat > graph.py <<'PYTHON'
import sys
import grimp
graph = grimp.build_graph("cleaner", cache_dir=None if sys.argv[1] == "fresh" else "cache")
print(*sorted(graph.find_modules_directly_imported_by("cleaner.stage")))
PYTHON
venv/bin/python graph.py cached > before
echo 'IS_COMPILED = False' > cleaner/switch.py
venv/bin/python graph.py cached > after
venv/bin/python graph.py fresh > fresh
echo "grimp 3.20: cleaner.stage imports, before the module is added: $(cat before)"
echo "after, by the cache: $(cat after); after, without the cache: $(cat fresh)"
[ "$(cat before)" = cleaner ] && [ "$(cat after)" = cleaner ] && [ "$(cat fresh)" = cleaner.switch ]
