# All set-up happens here: the environment in .venv, from the locked list, nothing global.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BOOK := _build/html/index.html

.DEFAULT_GOAL := help
.PHONY: help book pdf test quick check serve lab bench schemas lock next clean

help: ## what there is to call
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; '$(PYTHON)' is older. Try: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

book: $(READY) ## build the book; warnings are errors
	$(BIN)/studyguide build
	@echo "The book is at $(BOOK): open that file in a browser, or call: make serve"

test: $(READY) ## all tests, in a real browser and a real JupyterLab too
	$(BIN)/python -m pytest -n 2 --dist loadgroup

quick: $(READY) ## the tests that need no book, no browser and no Jupyter: under a minute
	$(BIN)/python -m pytest -n 2 -m "not book and not browser and not jupyter and not install"

check: $(READY) ## lint, format, types and data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/deptry src
	$(BIN)/studyguide check

pdf: book ## the built book as one PDF, printed by Chromium or Chrome
	$(BIN)/studyguide pdf

serve: book ## the built book at http://127.0.0.1:8000
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

lab: $(READY) ## the chapters as notebooks, in JupyterLab
	$(BIN)/studyguide notebooks notebooks
	$(BIN)/jupyter lab --notebook-dir=. notebooks/welcome.ipynb

bench: $(READY) ## measure against stock Jupyter Book
	$(BIN)/python -m benchmarks

schemas: $(READY) ## write the JSON Schemas of the data files anew
	$(BIN)/studyguide schemas

lock: $(READY) ## resolve requirements.lock anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock

next: ## the book with plain sphinx-build, the newest Sphinx and MyST-NB
	$(PYTHON) -m venv .venv-next
	.venv-next/bin/python -m pip install --quiet --disable-pip-version-check --upgrade --upgrade-strategy eager -e ".[sphinx]"
	.venv-next/bin/studyguide conf > conf.py
	.venv-next/bin/python -m sphinx -b html -W -n --keep-going . _build/next/html

clean: ## remove what was built; the environment and your notebooks stay
	rm -rf _build
