#!/bin/sh
# Expected: Babel's names of territories are CLDR's, which has a short one beside the full one for the countries that
# people mostly call by it: "US" and "UK" in English, "EUA" in Portuguese, "США" in Russian.
# What happens: the variants are dropped when Babel's data are made; `territories` has the full name alone, under no key
# the short one. The names that newspapers use most are the ones that are missing.
# What it means: who finds countries in text by Babel finds no "USA", "EUA" or "США"; take them from CLDR's own files.
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check babel==2.18.0
cat > ask.py <<'PYTHON'
from babel import Locale
for code, full, short in (("en", "United States", "US"), ("pt", "Estados Unidos", "EUA"), ("ru", "Соединенные Штаты", "США")):
    territories = Locale(code).territories
    print(territories["US"] == full, short in set(territories.values()), [key for key in territories if "short" in key])
PYTHON
seen=$(venv/bin/python ask.py)
echo "Babel 2.18.0: whether US has its full name, whether the short one is anywhere, keys of short names (en, pt, ru):"
echo "$seen"
[ "$(echo "$seen" | sort -u)" = "True False []" ]
