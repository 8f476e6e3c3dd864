# Names for commands; nothing hides in it.
PORT ?= 8000
ROWS ?= 1000000
PYTHON = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test lint lock bench weigh messages

help: ## print this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 10

run: ## build what is missing, load the dataset, serve the site (PORT=8000)
	@sh requirements/install.sh site
	@$(PYTHON) -m kzafrica.development $(PORT)

test: ## run every check and test this machine can, and list what it cannot
	@sh requirements/install.sh dev
	@$(PYTHON) tests/run.py

lint: ## run the checks that need no tests: style, formatting, imports, templates
	@sh requirements/install.sh dev
	@$(PYTHON) tests/run.py lint

weigh: ## weigh every type of page and write docs/page-weight.md
	@sh requirements/install.sh dev
	@$(PYTHON) -m bench.pages

bench: ## measure loads, lists, totals and exports against the bare driver (ROWS=1000000)
	@sh requirements/install.sh dev
	@$(PYTHON) -m bench --rows $(ROWS)

lock: ## resolve requirements/*.in anew into requirements/*.txt
	@sh requirements/install.sh dev
	@sh requirements/lock.sh

messages: ## bring marked strings into locale/, compile it, and say what is not translated
	@sh requirements/install.sh site
	@$(PYTHON) -m kzafrica.languages
