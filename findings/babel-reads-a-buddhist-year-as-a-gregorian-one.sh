#!/bin/sh
# Expected: Babel dates follow the locale's calendar. CLDR, from which Babel's data are made, says which calendar a
# country writes first: Thailand the Buddhist one (2568 is 2025), Iran the Persian one.
# What happens: Babel knows the Gregorian calendar alone. For th_TH and fa_IR it formats Gregorian years under Gregorian
# months, and `parse_date` takes the year of a Thai date as it stands: 18/4/2568 is a day 543 years ahead, no error.
# What it means: months of other calendars cannot be had from Babel, and years of Thai and Persian pages have to be
# converted before or after it.
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check babel==2.18.0
cat > ask.py <<'PYTHON'
import datetime
from babel.dates import format_date, parse_date
day = datetime.date(2025, 4, 18)
print(format_date(day, "y", locale="th_TH"), format_date(day, "y", locale="fa_IR"), parse_date("18/4/2568", locale="th_TH"))
PYTHON
seen=$(venv/bin/python ask.py)
echo "Babel 2.18.0: the year of 18 April 2025 in th_TH and in fa_IR, and what 18/4/2568 is in th_TH: $seen"
[ "$seen" = "2025 2025 2568-04-18" ]
