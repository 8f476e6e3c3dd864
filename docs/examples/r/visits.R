# The visits that Kazakhstan received in a year, page by page; state visits are marked with a star.
# One whose date is known less exactly stands in every year in which it may have been.
#
# Rscript visits.R [2025]

library(jsonlite)

site <- sub("/$", "", Sys.getenv("KZ_AFRICA", "http://127.0.0.1:8000"))
arguments <- commandArgs(trailingOnly = TRUE)
year <- if (length(arguments)) arguments[1] else "2025"

# Small pages, so that there is more than one to follow; the most is 500.
address <- sprintf("%s/api/v1/events/?visit=received&date_from=%s-01-01&date_to=%s-12-31&ordering=date&limit=4",
                   site, year, year)
visits <- data.frame()
while (!is.null(address)) {
  page <- fromJSON(address)
  rows <- page$results
  if (length(rows)) {
    visits <- rbind(visits, data.frame(kind = rows$kind, date = rows$date$text, title = rows$title))
  }
  address <- page$`next`
}

cat(sprintf("%d visits in %s, state visits among them: %d\n", nrow(visits), year, sum(visits$kind == "state_visit")))
if (nrow(visits)) {
  cat(sprintf("%s %s: %s\n", ifelse(visits$kind == "state_visit", "*", " "), visits$date, visits$title), sep = "")
}
