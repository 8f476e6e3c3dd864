#!/bin/sh
# The panel of one state, a row for each year, as CSV: its embassies and visits, year by year.
#
# sh panel.sh [KEN]
set -eu
site=${KZ_AFRICA:-http://127.0.0.1:8000}

curl -fsS "${site%/}/countries/panel.csv?country=${1:-KEN}&from=2019&to=2025" | cut -d, -f1-5
