# The embassies of Kazakhstan in Africa on a day, and the act that each counts from.
#
# Rscript network.R [2025-09-14]

library(jsonlite)

site <- sub("/$", "", Sys.getenv("KZ_AFRICA", "http://127.0.0.1:8000"))
arguments <- commandArgs(trailingOnly = TRUE)
day <- if (length(arguments)) arguments[1] else "2025-09-14"

network <- fromJSON(paste0(site, "/api/v1/missions/network/?sending=KAZ&on=", day))
missions <- network$missions

cat(sprintf("%d embassies on %s\n", network$count, network$on))
cat(sprintf("%s: %s, %s (%s)\n", missions$receiving$name, missions$act, missions$date$text, missions$independence),
    sep = "")
