# make run    set up (once), then the main jobs on the examples: an assessment, a filing with its letters, labels; then
#             the portal with invented data, until Ctrl-C (where nobody sits at a terminal: its first pages, then stop)
#             SERVE=1 serves in any case; FRESH=1 throws away what an earlier run left in out/portal
# make test   set up (once), then the tests
# make check  style, types, import contracts
# make mutate change the rulebooks one mistake at a time; some scenario must notice
# make browser  the reports and every page of the portal, in Chromium
# make bench  speed, beside peers, in one run (own environment, not needed otherwise)
# make load   50 filers at once, 100 filings each: no number twice, none lost (minutes)
# make lock   renew the pinned requirements (hashes, no addresses)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXIFTOOL := tests/label/outside/exiftool
BENCH := .bench-venv

.PHONY: run test check mutate outside browser bench load lock clean
.DEFAULT_GOAL := run

$(READY): requirements/dev.txt pyproject.toml
	@echo "==> setting up $(VENV) (once; about a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Guiju needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

run: $(READY)
	@mkdir -p out
	@echo "==> which duties hold: an assessment"
	$(BIN)/guiju assess examples/xinghe-chat.yaml --html out/xinghe-chat.html --ics out/xinghe-chat.ics
	@echo "==> a filing from first act to registration, and its letters"
	$(BIN)/guiju case run examples/cases/filing.yaml
	$(BIN)/guiju letter examples/cases/filing.yaml --all --lang both --out out/letters
	@echo "==> labels on generated content"
	$(BIN)/guiju label write examples/media --recursive --producer ExampleLtd --out out/media
	$(BIN)/guiju label verify out/media --recursive
	@echo "==> the portal, with invented people and cases"
	@if test -t 1 || test -n "$(SERVE)"; then look=; else look=--check; fi; \
	  GUIJU_PORTAL_DIR=out/portal DATABASE_URL= $(BIN)/guiju portal demo $(if $(FRESH),--fresh) $$look

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check src tests bench tools
	$(BIN)/ruff format --check src tests bench tools
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: $(READY)
	for f in runtime tables checks label ledger letters portal dev outside browser bench; do \
	  $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --annotation-style=line \
	    -o requirements/$$f.txt requirements/$$f.in || exit 1; done

$(BENCH)/.ready: requirements/bench.txt pyproject.toml
	@echo "==> setting up $(BENCH) with the peers to compare with (once; a few minutes)"
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

bench: $(BENCH)/.ready
	$(BENCH)/bin/python -m bench

load: $(READY)
	$(BIN)/python -m bench.filers

# Needs ffmpeg, mediainfo, poppler-utils, perl with Archive::Zip, npm (for ExifTool); without them their tests are skipped.
outside: $(READY)
	if command -v npm >/dev/null; then npm ci --silent --ignore-scripts --prefix $(EXIFTOOL); fi
	test -d .outside-venv || $(PYTHON) -m venv .outside-venv
	.outside-venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/outside.txt
	.outside-venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	test ! -x $(EXIFTOOL)/node_modules/.bin/exiftool || export GUIJU_EXIFTOOL=$(CURDIR)/$(EXIFTOOL)/node_modules/.bin/exiftool; \
	  GUIJU_OUTSIDE=1 .outside-venv/bin/python -m pytest -rs tests/export/test_trestle.py tests/law/test_akoma.py tests/label/outside

# Needs Chromium with Chinese fonts, poppler-utils, npm (for axe-core); they drive the portal and the reports as people do.
browser: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/browser.txt
	npm ci --silent --ignore-scripts --prefix tests/portal_look/axe
	$(BIN)/python -m pytest -rs -m browser --override-ini addopts="--strict-markers" tests/browser tests/portal_look
	$(BIN)/python -m pytest -rs -m browser --override-ini addopts="--strict-markers" tests/portal_browser

mutate: $(READY)
	$(BIN)/python -m tests.mutation

clean:
	rm -rf $(VENV) $(BENCH) .outside-venv out build src/*.egg-info
