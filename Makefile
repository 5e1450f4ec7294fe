# Each target does its own set-up. Only Python 3.11 or newer, make and git have to be there.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# Material for MkDocs otherwise prints a banner about MkDocs 2, which is not used here.
export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL := help
.PHONY: help site serve check admin fmt history links attest export teaching forms test lint golden bench audit clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/site.stamp: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Say: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/site.stamp
	$(INSTALL) --editable ".[test,teaching]"
	@touch $@

$(VENV)/teaching.stamp: $(VENV)/site.stamp
	$(INSTALL) --editable ".[teaching]"
	@touch $@

# Beside the sources, so that no test can write among them; without a lock file, which would name download addresses.
build/node/stamp: tests/node/package.json $(VENV)/test.stamp
	@mkdir -p build/node
	@cp tests/node/package.json build/node/
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/npm install --prefix build/node --silent --no-audit --no-fund --no-package-lock --ignore-scripts
	@touch $@

.cache/admin/stamp: hooks/casebook/admin/bundle.py hooks/casebook/npm_packages.py $(VENV)/test.stamp
	$(BIN)/casebook admin --install
	@touch $@

# npm fetches the faces of the PDFs once; no others are taken than those that were tried.
.cache/teaching/stamp: hooks/casebook/exports/teaching/faces.py hooks/casebook/npm_packages.py $(VENV)/teaching.stamp
	$(BIN)/casebook export teaching --install
	@touch $@

site: $(VENV)/site.stamp ## check every casefile and build site/
	@$(BIN)/casebook schema
	$(BIN)/casebook check --strict
	$(BIN)/mkdocs build --strict

serve: $(VENV)/site.stamp ## preview with live reload on 127.0.0.1:8000 (PORT=…)
	@$(BIN)/python -c 'import socket, sys; socket.socket().connect_ex(("127.0.0.1", $(PORT))) or sys.exit("port $(PORT) is in use: make serve PORT=" + str($(PORT) + 1))'
	@$(BIN)/casebook schema
	$(BIN)/mkdocs serve --livereload --dev-addr 127.0.0.1:$(PORT)

check: $(VENV)/site.stamp ## report every problem in the casefiles, drafts included
	@$(BIN)/casebook schema
	$(BIN)/casebook check --drafts

history: $(VENV)/site.stamp ## hold the casefiles against what was published before (SINCE=REV, by default the last commit)
	$(BIN)/casebook history --since "$(or $(SINCE),HEAD)"

links: $(VENV)/site.stamp ## ask whether the addresses in the casefiles still answer; needs the network
	$(BIN)/casebook links --since 7

fmt: $(VENV)/site.stamp ## give every casefile, registry and reading list its one layout
	$(BIN)/casebook fmt

# npm fetches the form's program once; `casebook admin --install` takes no other version than the one that was tried.
admin: $(VENV)/site.stamp ## install the form that make serve shows at /admin/
	@test -x $(BIN)/npm || command -v npm > /dev/null || $(INSTALL) --editable ".[admin]"
	$(BIN)/casebook admin --install

attest: $(VENV)/site.stamp ## find every quote in an archive of source texts (ARCHIVE=DIR)
	@test -n "$(ARCHIVE)" || { echo "name the folder that holds the source texts: make attest ARCHIVE=DIR" >&2; exit 1; }
	$(BIN)/casebook attest --archive "$(ARCHIVE)"

export: $(VENV)/site.stamp ## write the pages as a plain Markdown tree to build/markdown
	$(BIN)/casebook export markdown build/markdown

teaching: .cache/teaching/stamp ## make handouts, readers and books of every list and case, and a site that links them
	$(BIN)/casebook export teaching
	@$(MAKE) --no-print-directory site

forms: $(VENV)/site.stamp ## write the issue forms and the pull-request template from the format
	$(BIN)/casebook forms

test: $(VENV)/test.stamp build/node/stamp .cache/admin/stamp .cache/teaching/stamp ## run everything: linters, types, floors, unit tests, a strict build, a real browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/casebook fmt --check
	$(BIN)/casebook fmt --check --casefiles tests/data/casefiles
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup

lint: $(VENV)/test.stamp ## format the code and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(VENV)/test.stamp ## write the golden pages anew; read the difference as prose
	$(BIN)/python -m pytest tests/golden --update-golden

bench: $(VENV)/test.stamp ## measure checks and builds of 100 and 1,000 cases, and stock Material beside them
	$(BIN)/python tests/benchmarks/check.py
	$(BIN)/python tests/benchmarks/build.py
	$(BIN)/python tests/benchmarks/stock.py

audit: $(VENV)/test.stamp site ## Nu HTML checker and Lighthouse on site/ (needs Node.js and Java)
	npm install --prefix build/audit --silent --no-audit --no-fund lighthouse@13 vnu-jar@26
	$(BIN)/python tests/audits/nu.py site build/audit
	$(BIN)/python tests/audits/lighthouse.py site build/audit

clean: ## delete what was built and installed
	rm -rf $(VENV) site site.old site.staging build dist hooks/*.egg-info .pytest_cache .ruff_cache .mypy_cache .import_linter_cache
