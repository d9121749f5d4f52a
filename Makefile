# Two commands start everything: `make demo` and `make test`. `make help` lists the rest.

PORT ?= 8000
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) .ci/bootstrap
RUN = .venv/bin/python
PYTEST = $(RUN) -m pytest
# All cores, but no more workers than there are tests for.
WORKERS ?= -n auto --maxprocesses 8 --dist worksteal
ARGS ?=

# An empty DATABASE_URL means none.
ifneq ($(strip $(DATABASE_URL)),)
export DATABASE_URL
else
unexport DATABASE_URL
endif

.DEFAULT_GOAL := help
.PHONY: help demo test test-postgres browser fuzz check format messages permissions screenshots bench bench-lists bench-past bench-rates bench-records bench-trail soak lock clean python dev

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile
	@echo '  e.g. make demo PORT=8001 DATABASE_URL=postgres://user:password@localhost:5432/name'

demo: python ## set everything up and serve the demo on http://127.0.0.1:8000
	@$(BOOTSTRAP) demo --port '$(PORT)'
	@QDTRADE_DEMO=1 exec $(RUN) manage.py demo --port '$(PORT)'

test: dev ## run the tests on SQLite; make test ARGS="tests/tasks -k return" runs some
	@env -u DATABASE_URL $(PYTEST) $(WORKERS) $(ARGS)

test-postgres: dev ## run the tests on PostgreSQL: DATABASE_URL's, or a throw-away one
	@if [ -n "$$DATABASE_URL" ]; then $(PYTEST) $(WORKERS) $(ARGS); \
	else .ci/with-postgres $(PYTEST) $(WORKERS) $(ARGS); fi

browser: dev ## walk the real pages with Chromium
	@env -u DATABASE_URL QDTRADE_REQUIRE_BROWSER=1 $(PYTEST) $(WORKERS) tests/browser $(ARGS)

check: dev ## lint, format, templates, types, layers, migrations, translations, locks
	@.ci/check

fuzz: dev ## call every operation of the API with what nobody thought of; make fuzz FUZZ=1000 for longer
	@FUZZ=$${FUZZ:-200} $(PYTEST) $(WORKERS) tests/qdtrade/test_api_fuzz.py $(ARGS)

format: dev ## put the code into its common form
	@$(RUN) -m ruff check --fix-only --quiet .
	@$(RUN) -m ruff format .

messages: dev ## collect the texts into locale/ and compile them (needs GNU gettext)
	@$(RUN) .ci/check_translations --update

permissions: dev ## draw docs/reference/permissions.md from the table that the tests ask
	@$(RUN) -m tests.draw_permissions

screenshots: dev ## photograph every page at 1440 and 390 px into var/screenshots/ (DEMO=/path/to/var saves loading)
	@$(RUN) -m bench.screenshots $(ARGS)

bench: dev ## twenty people at once on a throw-away demo for a minute (DEMO=/path/to/var saves loading), then bench-records
	@$(RUN) -m bench.twenty_people $(ARGS)
	@$(RUN) -m bench.records

bench-lists: dev ## search and lists on 2,000 tasks × 40 bureaus × 12 months (DATABASE_URL's server, else SQLite)
	@$(RUN) -m bench.lists $(ARGS)

bench-past: dev ## the register as of the middle of a million records against the present one (DATABASE_URL's server, else SQLite)
	@$(RUN) -m bench.past $(ARGS)

bench-rates: dev ## rates and lists of 50,000 signed projects (DATABASE_URL's server, else SQLite)
	@$(RUN) -m bench.rates $(ARGS)

bench-records: dev ## what the chain costs, how fast verify.py is (DATABASE_URL's server, else SQLite)
	@$(RUN) -m bench.records $(ARGS)

bench-trail: dev ## turn the pages of a million records, search them, take them away (DATABASE_URL's server, else SQLite)
	@$(RUN) -m bench.trail $(ARGS)

soak: dev ## eight writers at once for a minute, twice, and proof that nothing was lost (DATABASE_URL's server, else SQLite)
	@$(RUN) -m bench.soak $(ARGS)

lock: ## write both lock files from pyproject.toml (needs uv); make lock ARGS=--upgrade moves on
	@.ci/lock $(ARGS)

clean: ## remove what was made here, except the demo's data in var/
	@rm -rf .venv .venv.old .venv.lock .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

dev: python
	@$(BOOTSTRAP) dev

python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo '$(PYTHON) is missing. On Debian and Ubuntu: apt install python3 python3-venv' >&2; exit 1; }
