#!/bin/sh
# The first changes after a number, and the address at which to ask for what comes after them.
#
# sh changes.sh [0]
set -eu
site=${KZ_AFRICA:-http://127.0.0.1:8000}

page=$(curl -fsS --get "${site%/}/api/v1/changes/" -d after="${1:-0}" -d limit=5)
echo "$page" | grep -o '"number":[0-9]*,"at":"[^"]*","action":"[a-z]*","resource":"[^"]*"'
echo "$page" | sed 's/.*"resume":"\([^"]*\)".*/Next time: \1/'
