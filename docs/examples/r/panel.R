# The panel as a data frame, a row for each state and year: how many states of Africa had an embassy of Kazakhstan at the
# end of each year. An empty cell is not known, NA in R, which is something else than 0.
#
# Rscript panel.R [2019] [2025]

site <- sub("/$", "", Sys.getenv("KZ_AFRICA", "http://127.0.0.1:8000"))
arguments <- commandArgs(trailingOnly = TRUE)
years <- if (length(arguments) == 2) arguments else c("2019", "2025")

panel <- read.csv(sprintf("%s/countries/panel.csv?from=%s&to=%s", site, years[1], years[2]), encoding = "UTF-8",
                  na.strings = "")
embassies <- aggregate(embassies_of_kazakhstan ~ year, data = panel, FUN = sum)

cat(nrow(panel), "rows,", ncol(panel), "columns\n")
cat(sprintf("%d: %d embassies\n", embassies$year, embassies$embassies_of_kazakhstan), sep = "")
