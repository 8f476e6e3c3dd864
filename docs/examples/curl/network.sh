#!/bin/sh
# The embassies of Kazakhstan in Africa on a day, as the API gives them; the number of them comes first.
#
# sh network.sh [2025-09-14]
set -eu
site=${KZ_AFRICA:-http://127.0.0.1:8000}
day=${1:-2025-09-14}

network=$(curl -fsS --get "${site%/}/api/v1/missions/network/" -d sending=KAZ -d on="$day")
# Without a program that reads JSON: the first count is that of the day, others follow in the growth of the network.
echo "$network" | grep -o '"count":[0-9]*' | sed 's/.*:\(.*\)/\1 embassies/;q'
# The same embassies as rows of a table; without the last command each has all its columns.
curl -fsS "${site%/}/missions/missions.csv?on=$day&sending=KAZ&kind=embassy" | cut -d, -f1,2
