# Every task of the project. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2
BIN := .venv/bin
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist loadfile -q
LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --quiet

# Type checking starts Django, which wants a key; nothing is ever served with this one.
FOR_CHECKS := HEARBACK_SECRET_KEY=only-for-checks-only-for-checks-only-for-checks

.PHONY: messages help setup setup-dev run test test-fast check bench spark-demo lock docs screenshots clean

help: ## List the tasks.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Install what running needs into this folder (asks the network only when a lock file changed).
	@tools/set_up.sh run

setup-dev:
	@tools/set_up.sh dev

run: setup ## Load the bundled data and serve on http://127.0.0.1:8000 (other port: make run PORT=8080).
	@export HEARBACK_SITE_URL="$${HEARBACK_SITE_URL:-http://$(HOST):$(PORT)}"
	export HEARBACK_SITE_FORM="$${HEARBACK_SITE_FORM-site-feedback}"
	echo "==> Making the home folder $${HEARBACK_HOME:-var} ready"
	$(BIN)/hearback init
	echo "==> Loading the bundled data, computing and releasing what changed"
	$(BIN)/hearback demo load
	echo "==> Public site     $$HEARBACK_SITE_URL/"
	echo "==> Signed-in side  $$HEARBACK_SITE_URL/dashboard/ (each link below works once)"
	$(BIN)/hearback demo links
	echo "==> Serving until you press Ctrl-C"
	exec $(BIN)/hearback serve --host "$(HOST)" --port "$(PORT)"

test: setup-dev ## Run every test: on SQLite with a real browser, then what uses a database on PostgreSQL.
	@tools/install_test_tools.sh
	echo "==> Tests on SQLite, with a browser"
	$(PYTEST)
	echo "==> Tests on PostgreSQL"
	$(BIN)/python tools/postgres_for_tests.py -- $(PYTEST) -m "database and not browser"

test-fast: setup-dev ## Run the tests that need neither a browser nor PostgreSQL.
	@$(PYTEST) -m "not browser"

check: setup-dev ## Hold the code against the house rules: style, types, layers, architecture, documents.
	@echo "==> Style"
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	echo "==> Types"
	$(FOR_CHECKS) $(BIN)/mypy hearback
	echo "==> Layers"
	$(BIN)/lint-imports
	echo "==> Architecture and documents"
	$(PYTEST) tests/architecture

bench: setup-dev ## Measure how fast the long steps are.
	@$(BIN)/hearback bench import
	$(BIN)/hearback bench masking
	$(BIN)/hearback bench responses
	$(BIN)/hearback bench intake
	$(BIN)/hearback bench intake-crash
	$(BIN)/hearback bench embed
	$(BIN)/hearback bench research
	$(BIN)/hearback bench publish --pages 1000
	tools/install_test_tools.sh
	$(BIN)/hearback bench lighthouse

spark-demo: setup-dev ## Count a quarter of made-up answers on a real Spark cluster here, and compare (ROWS=1000000).
	@$(BIN)/python tools/spark_demo.py $(if $(ROWS),--rows $(ROWS))

lock: setup-dev ## Renew the lock files after a change to pyproject.toml or package.json (newest: make lock UPGRADE=yes).
	@uv=$$(tools/set_up.sh uv)
	upgrade=$(if $(UPGRADE),--upgrade)
	"$$uv" pip compile pyproject.toml --group build $(LOCK) $$upgrade -o requirements.lock
	"$$uv" pip compile pyproject.toml --group build --group dev $(LOCK) $$upgrade -c requirements.lock -o requirements-dev.lock
	echo "uv==$$("$$uv" --version | cut -d' ' -f2)" | "$$uv" pip compile - $(LOCK) -o requirements-uv.lock
	npm install --package-lock-only

messages: setup-dev ## Bring the files of translations in line with the texts of pages and program.
	@for app in accounts collect dashboard learn plan publish ui; do
	  cd "$(CURDIR)/hearback/$$app"
	  PATH="$(CURDIR)/$(BIN):$$PATH" $(FOR_CHECKS) django-admin makemessages --all --no-location --no-wrap --settings hearback.config.settings
	done

docs: setup-dev ## Renew the parts of the documents that are made from the program.
	@$(BIN)/python tools/write_docs.py

screenshots: setup-dev ## Photograph every kind of page at all widths, dark, on paper and right to left into ci-output/screenshots.
	@tools/install_test_tools.sh
	$(BIN)/pytest -q tests/walks/test_every_page_in_a_browser.py tests/walks/test_looks_of_public_pages.py

clean: ## Remove everything that set-up and tests made; the home folder (var) stays.
	@rm -rf .venv .uv node_modules build ci-output hearback/ui/static/ui/built hearback/collect/static hearback/ui/fonts *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
