# Needs Python 3.11 or newer and make. Everything is installed into .venv, from locked versions with checked hashes.

BIN := .venv/bin
RUNTIME := .venv/.installed
DEVELOPMENT := .venv/.installed-dev
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input
# $(call watched,what is done,commands): says it, and a dot every second until it is done.
watched = printf '%s ' '$(1)'; { $(2); } & work=$$!; while kill -0 $$work 2>/dev/null; do sleep 1; printf .; done; \
	wait $$work || exit 1; echo ' done'
# The first Python on the path that is new enough; or name one: make install PYTHON=python3.12
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; print("$(name)" if sys.version_info >= (3, 11) else "")' 2>/dev/null)))

NATIVE := $(wildcard stream/_native/*.pyx stream/_native/*.pxd)

.DEFAULT_GOAL := help
.PHONY: help install demo wheel test test-kafka faults check check-deploy test-observability test-compose pictures fuzz audit

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { printf "  make %-19s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(RUNTIME) ## Make .venv with the stream-cleaner command in it

demo: $(RUNTIME) ## Show it: broker, worker, sample pages; PAGES=path takes your own, KEEP=1 leaves it running
	@$(BIN)/stream-cleaner demo $(PAGES) $(if $(KEEP),--keep)

wheel: $(RUNTIME) ## Build a wheel with compiled loops in dist/
	@rm -rf build  # setuptools packs what an earlier build left there
	@$(call watched,building the wheel,$(PIP) wheel --no-build-isolation --no-deps --wheel-dir dist .)
	@ls dist/*.whl

test: $(DEVELOPMENT) ## Run every test that needs neither Docker nor Java
	$(BIN)/pytest

test-kafka: $(DEVELOPMENT) ## Run the tests that use a broker again, on real Kafka (Java 17 and Maven, or STREAM_TEST_KAFKA)
	$(BIN)/pytest --kafka -m "broker or kafka"

faults: $(DEVELOPMENT) ## Kill, freeze and starve workers and real Kafka; prints what each fault cost (ARGS="--soak 60": an hour of real pages)
	$(BIN)/python -m tests.faults $(ARGS)

check: $(DEVELOPMENT) ## Lint, check types, the walls between packages, and that the schemas are in step
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache  # a module that is new changes what unchanged files import
	$(BIN)/python -m stream.schemas --check

check-deploy: $(DEVELOPMENT) ## Validate the image, Compose, alert rules, dashboards and Kubernetes manifests
	$(BIN)/pytest tests/deploy

test-observability: $(DEVELOPMENT) ## Run every dashboard and alert expression on a real worker, Kafka and Prometheus
	$(BIN)/pytest --kafka tests/observability

test-compose: $(DEVELOPMENT) ## Build the image and run all of docker-compose.yml but Grafana on podman (root, Debian's packages)
	$(BIN)/pytest --compose tests/compose

pictures: $(DEVELOPMENT) ## Draw docs/pictures/*.png: the dashboards of a live run, by Grafana's own components (npm, Chromium)
	$(BIN)/python -m deploy.grafana.pictures

fuzz: $(DEVELOPMENT) ## Clean hostile pages for SECONDS (600) and print what breaks (ARGS="--seed 7")
	$(BIN)/python -m tests.fuzz --seconds $(or $(SECONDS),600) $(ARGS)

audit: .venv/.audit ## Ask a vulnerability service about every locked package (needs the network; ARGS=--dry-run does not)
	.venv/audit/bin/pip-audit --disable-pip --require-hashes --requirement requirements.lock $(ARGS)

.venv/.audit: $(DEVELOPMENT) requirements-audit.lock
	@$(BIN)/python -m venv .venv/audit
	@.venv/audit/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r requirements-audit.lock
	@touch $@

bench-%: .venv/.bench ## Run a benchmark of benchmarks/: results go to benchmarks/results/
	$(BIN)/python -m benchmarks.$*

.venv/.bench: $(DEVELOPMENT) requirements-bench.lock
	@echo "installing the peers that the benchmarks compare with"
	@$(PIP) install --no-build-isolation --no-deps --require-hashes -r requirements-bench.lock  # pip 23 trips over lxml's extras
	@touch $@

$(RUNTIME): requirements.lock requirements-embedded.lock deploy/requirements-build.lock pyproject.toml setup.py $(NATIVE)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name one: make install PYTHON=/path/to/python3" >&2; exit 1; }
	@$(call watched,making .venv with $(PYTHON),$(PYTHON) -m venv .venv)
	@$(call watched,installing the build tools,$(PIP) install --require-hashes -r deploy/requirements-build.lock)
	@$(call watched,installing what it runs on; compiling stream-cleaner where a C compiler is found,\
		$(PIP) install --no-build-isolation --no-deps --editable . & package=$$!; \
		$(PIP) install --no-build-isolation --no-compile --require-hashes -r requirements.lock -r requirements-embedded.lock && wait $$package)
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	@$(call watched,installing the tools of the tests,$(PIP) install --no-build-isolation --require-hashes -r requirements-dev.lock)
	@touch $@
