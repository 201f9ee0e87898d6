# Everything a checkout needs. GNU make 3.81 or newer; the rest is installed into .venv, once.

# The first of these that is new enough and can make a virtual environment is used.
PYTHON ?= python3.13 python3.12 python3.11 python3
# Those that make pyz builds a file for each, and that make wheelhouse looks for wheels for.
PYTHONS ?= .venv/bin/python
UV ?= uv
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test hardtest lint format snapshots pictures bench bench-bytes bench-slow bench-names wheel wheel-check wheelhouse pyz lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: .venv/.run-stamp ## open the app on the seeds; make run ARGS="documents" for any other command
	@.venv/bin/briefing $(ARGS)

test: .venv/.dev-stamp ## run all tests but the hard ones; ARGS goes to pytest
	@.venv/bin/python -m pytest -n auto -m "not hard" $(ARGS)

hardtest: .venv/.dev-stamp ## run the tests that take minutes; a tenth of each with HARD_EFFORT=0.1
	@PYTHONS="$(PYTHONS)" .venv/bin/python -m pytest -n auto --dist loadgroup -m hard $(ARGS)

lint: .venv/.dev-stamp ## check style, types, spelling and the direction of imports
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/codespell
	@.venv/bin/lint-imports --no-logo

format: .venv/.dev-stamp ## lay the code out and mend what can be mended without judgement
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

snapshots: .venv/.dev-stamp ## take the pictures that tests compare with anew; look at them before committing
	@.venv/bin/python -m pytest -n auto --snapshot-update tests/test_snapshots.py

pictures: .venv/.dev-stamp ## draw the pictures of the README anew
	@.venv/bin/python -m bench.pictures

bench: .venv/.dev-stamp ## measure speed and memory beside peers, in minutes; ARGS=--large for 10,000 documents
	@.venv/bin/python -m bench $(ARGS)

bench-bytes: .venv/.dev-stamp ## count the bytes that each key sends, beside less
	@.venv/bin/python -m bench.bytes $(ARGS)

bench-slow: .venv/.dev-stamp ## measure how long keys take on a line of 64 kbit/s and 200 ms, beside less and frogmouth
	@.venv/bin/python -m bench.slow_line $(ARGS)

bench-names: .venv/.dev-stamp ## measure finding names, beside spaCy with ARGS="--python /a/python/that/has/it"
	@.venv/bin/python -m bench.extraction $(ARGS)

wheel: .venv/.run-stamp ## build the wheel into dist/
	@rm -f dist/*.whl
	@.venv/bin/python -m hatchling build --target wheel --directory dist

wheel-check: wheel ## install the wheel where nothing else is, and start it there
	@rm -rf build && .venv/bin/python -m venv build/bare
	@$(call INSTALL_LOCKED,build/bare,requirements.lock)
	@build/bare/bin/python -m pip install --quiet --no-index --no-deps dist/*.whl
	@cd build && bare/bin/briefing --version && bare/bin/briefing documents

wheelhouse: wheel ## put all wheels into dist/wheelhouse, for hosts without a package index
	@rm -rf dist/wheelhouse && mkdir dist/wheelhouse && cp dist/*.whl dist/wheelhouse
	@for python in $(PYTHONS); do $(call FETCH_LOCKED,"$$python",dist/wheelhouse); done

pyz: wheelhouse ## build one file that needs only Python; PYTHONS="python3.11 python3.12" for several
	@for python in $(PYTHONS); do .venv/bin/python -m release.one_file "$$python" dist/wheelhouse dist || exit 1; done

lock: ## choose versions anew, as few as must; ARGS=--upgrade for all (needs uv)
	@command -v '$(UV)' >/dev/null || { echo 'make lock needs uv: install it, or name it with UV=/path/to/uv' >&2; exit 1; }
	@$(COMPILE) --group build --output-file requirements.lock
	@$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## remove .venv and all that was built
	@rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache snapshot_report.html
	@find briefing tests bench release -name __pycache__ -type d -prune -exec rm -rf {} +

COMPILE = '$(UV)' pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' --quiet $(ARGS)

# --- Setting up .venv: a stamp is written when all of its step is done, so a broken step is done again.

# Ends 0 for a Python that will do, 2 for one too old, 3 for one that cannot make a virtual environment.
PROBE := import sys; sys.version_info >= (3, 11) or sys.exit(2); from importlib.util import find_spec; \
	sys.exit(0 if find_spec("venv") and find_spec("ensurepip") else 3)

define NEW_VENV
	@fault='No Python 3.11 or newer among: $(PYTHON). Name one with make PYTHON=/path/to/python3'; \
	for python in $(PYTHON) ''; do \
		test -n "$$python" || { echo "$$fault" >&2; exit 1; }; \
		"$$python" -c '$(PROBE)' >/dev/null 2>&1 && break; \
		test $$? -ne 3 || fault="$$python has no venv module: install it (Debian, Ubuntu: apt install python3-venv)"; \
	done; \
	echo "Setting up .venv with $$python, once ..." >&2; \
	"$$python" -m venv --clear .venv
endef

# $(1): a virtual environment; $(2): a lock file.
INSTALL_LOCKED = $(1)/bin/python -m pip --disable-pip-version-check --quiet install --retries 2 --only-binary :all: \
	--require-hashes -r $(2) >$(1)/pip.log 2>&1 || { echo "Could not install $(2) ($$(tail -n 1 $(1)/pip.log)):" \
	"this needs a package index, or make PIP_NO_INDEX=1 PIP_FIND_LINKS=/folder/of/wheels" >&2; exit 1; }

# $(1): a Python; $(2): a folder. Its own markers hold, so a wheel that only one version needs is there for that one.
FETCH_LOCKED = .venv/bin/python -m pip --python $(1) --disable-pip-version-check --quiet download --retries 2 \
	--only-binary :all: --require-hashes -r requirements.lock --dest $(2) >.venv/pip.log 2>&1 || { \
	echo "Could not fetch the wheels of requirements.lock ($$(tail -n 1 .venv/pip.log)): this needs a package index," \
	"or make PIP_NO_INDEX=1 PIP_FIND_LINKS=/folder/of/wheels" >&2; exit 1; }

# Begin from nothing unless .venv was made in this very folder and still has its Python.
ifneq ($(and $(wildcard .venv/bin/python),$(shell cat .venv/.run-stamp 2>/dev/null)),$(CURDIR))
FROM_NOTHING = $(NEW_VENV)
.PHONY: .venv/.run-stamp
endif

.venv/.run-stamp: requirements.lock pyproject.toml
	$(FROM_NOTHING)
	@$(call INSTALL_LOCKED,.venv,requirements.lock)
	@.venv/bin/python -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
	@.venv/bin/python -m compileall -q briefing
	@pwd -P >$@

.venv/.dev-stamp: .venv/.run-stamp requirements-dev.lock
	@$(call INSTALL_LOCKED,.venv,requirements-dev.lock)
	@touch $@
