# conceptdeck: `make` lists the targets. Needs Python 3.11 or newer; all else goes into .venv.

MAP   ?= world-models
THEME ?= atlas

# Looked for where it is needed first, and once.
ifndef PYTHON
PYTHON = $(eval PYTHON := $(shell for p in .venv/bin/python python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$p -S -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done))$(PYTHON)
endif
BIN := .venv/bin

.DEFAULT_GOAL := help
.NOTPARALLEL:

##@ Use

.PHONY: help
help: ## List these targets
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: deck
deck: ready-run ## Build the deck of one map: make deck MAP=world-models THEME=orbit STORY=talk
	@$(BIN)/conceptdeck build $(MAP) --theme $(THEME) $(STORY:%=--story %) $(DENSITY:%=--density %) \
		$(LOCALE:%=--locale %) $(call EACH,--format,$(FORMAT)) $(FOR:%=--for %) $(ARGS)

.PHONY: diagrams
diagrams: ready-run ## Draw the diagrams of one map, for articles: make diagrams MAP=world-models
	@$(BIN)/conceptdeck diagrams $(MAP) --theme $(THEME) $(LOCALE:%=--locale %) $(ONLY:%=--only %) \
		$(FORMAT:%=--format %) $(WIDTH:%=--width %) $(ARGS)

.PHONY: locales
locales: ready-run ## Build deck and diagrams of one map in every language
	@$(BIN)/conceptdeck locales $(MAP) --theme $(THEME) $(STORY:%=--story %) $(call EACH,--locale,$(LOCALE)) \
		$(call EACH,--format,$(FORMAT)) $(FOR:%=--for %) $(ONLY:%=--only %) $(ARGS)

COMMA := ,
EACH = $(foreach value,$(subst $(COMMA), ,$(2)),$(1) $(value))

# What each target makes of the variables on the command line; one that it has no use for is refused, not passed over.
TAKES_deck := MAP THEME STORY DENSITY LOCALE FORMAT FOR ARGS
TAKES_diagrams := MAP THEME LOCALE FORMAT ONLY WIDTH ARGS
TAKES_locales := MAP THEME STORY LOCALE FORMAT FOR ONLY ARGS
TAKES_test := ARGS
TAKES_check := ARGS
TAKES_golden := ARGS
TAKES_lock := UPGRADE
GIVEN := $(foreach name,$(.VARIABLES),$(if $(findstring command line,$(origin $(name))),$(name)))
TAKEN := $(foreach goal,$(MAKECMDGOALS),$(TAKES_$(goal)))
USELESS := $(filter-out $(TAKEN) PYTHON,$(GIVEN))
ifneq ($(USELESS),)
$(error make $(MAKECMDGOALS) has no use for $(USELESS); it takes: $(or $(TAKEN),no variables))
endif
# An option is taken from the command line alone: in the environment such names mean other things.
$(foreach name,STORY DENSITY LOCALE FORMAT FOR ONLY WIDTH,$(if $(findstring environment,$(origin $(name))),$(eval $(name) :=)))

##@ Check

.PHONY: check
check: check-format check-lint check-types check-layers check-work test ## Run every check, then the tests

.PHONY: check-format
check-format: ready-test ## Is the code formatted?
	@$(BIN)/ruff format --check --quiet --diff .

.PHONY: check-lint
check-lint: ready-test ## Does the code keep the lint rules?
	@$(BIN)/ruff check --quiet .

.PHONY: check-types
check-types: ready-test ## Do the types fit?
	@$(BIN)/mypy

.PHONY: check-layers
check-layers: ready-test ## Does each module import only from below?
	@$(BIN)/lint-imports --no-logo

.PHONY: check-work
check-work: ready-test ## Do some commands take more work than was accepted?
	@$(BIN)/python benchmarks/instructions.py --quick

.PHONY: test
test: ready-test ## Run the tests, one worker a core; choose some with ARGS='-k name'
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --durations 15 $(ARGS)

##@ Change

.PHONY: format
format: ready-test ## Format the code, and mend what the linter can mend
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .

.PHONY: golden
golden: ready-test ## Accept what the code now makes as what the tests expect; then look at the diff
	@$(BIN)/python -m pytest --accept $(ARGS)

.PHONY: reference
reference: ready-test ## Write the reference and the schemas anew, from what the program reads
	@$(BIN)/conceptdeck reference --pages docs/reference
	@for kind in map stories glossary; do $(BIN)/conceptdeck schema $$kind > data/$$kind.schema.json; done
	@$(BIN)/conceptdeck schema project > data/conceptdeck.schema.json
	@$(BIN)/conceptdeck schema theme > themes/theme.schema.json

.PHONY: site
site: ready-test ## Build the site of the documents, with gallery and search, in output/site
	@$(BIN)/python tools/site.py

.PHONY: lock
lock: need-python ## Write the lock files anew, with uv; newer versions with UPGRADE=--upgrade
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	@$(LOCK) --group install --output-file requirements.txt
	@$(LOCK) --group test --output-file requirements-test.txt

LOCK = uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)

.PHONY: clean
clean: ## Remove what was built and cached (.venv stays; remove it by hand)
	@rm -rf output dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find pipeline tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# --- not for the list ----------------------------------------------------------------------------

# The stamp says for what `.venv` was prepared, and where. While nothing that it was made from has been changed or put in
# place since (`-cnewer`), no Python starts to find that out; what `find` complains of counts as a change.
STAMP := .venv/prepared.mk
PREPARED :=
-include $(STAMP)
$(STAMP): ;

ENOUGH_run := run test
ENOUGH_test := test
STALE = $(if $(filter $(ENOUGH_$(1)),$(firstword $(PREPARED))),$(if $(subst |$(CURDIR)|,,|$(PREPARED_IN)|),moved,$(shell \
	test -x .venv/bin/python || echo gone; \
	find requirements.txt requirements-test.txt pyproject.toml tools/bootstrap.py -cnewer $(STAMP) 2>&1)),new)

.PHONY: ready-run ready-test need-python
ready-run ready-test: ready-%:
	$(if $(call STALE,$*),@$(NEED_PYTHON) && "$(PYTHON)" -S tools/bootstrap.py $*)

need-python:
	@$(NEED_PYTHON)

NEED_PYTHON = test -n "$(PYTHON)" || { printf '%s\n' \
		"conceptdeck needs Python 3.11 or newer, and none was found. To get one:" \
		"  Debian, Ubuntu:  sudo apt-get install python3" \
		"  Fedora:          sudo dnf install python3" \
		"  macOS:           brew install python" \
		"  elsewhere:       https://www.python.org/downloads/" \
		"or name one you have: make PYTHON=/path/to/python3.12" >&2; exit 1; }
