# Trade turnover of Kazakhstan with one state, as sources state it and as it is computed from other numbers.
#
# Rscript turnover.R [ZAF]

library(jsonlite)

site <- sub("/$", "", Sys.getenv("KZ_AFRICA", "http://127.0.0.1:8000"))
arguments <- commandArgs(trailingOnly = TRUE)
state <- if (length(arguments)) arguments[1] else "ZAF"

address <- paste0(site, "/api/v1/figures/?measure=turnover&headline=true&ordering=period&limit=500&country=", state)
figures <- fromJSON(address, simplifyVector = FALSE)$results

for (figure in figures) {
  verdict <- if (is.null(figure$agrees)) "not checked" else if (figure$agrees) "agrees" else "differs"
  words <- function(amount) if (is.null(amount)) "-" else amount$text
  cat(sprintf("%s: %s (%s, %s)\n", figure$period$text, figure$text, figure$origin, figure$status))
  cat(sprintf("  stated    %s\n  computed  %s  %s\n", words(figure$stated), words(figure$computed), verdict))
}
