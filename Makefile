# Tresen. `make run` starts everything from nothing, `make test` proves it.
SHELL := /bin/bash
PYTHON := $(shell command -v python3)
UV := .tools/bin/uv
BIN := .venv/bin
ENGINE := .venv-rasa/bin
export RASA_TELEMETRY_ENABLED := false
export OMP_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup run train test test-unit check bench bench-affinity bench-scale bench-nlu spark test-spark test-npm vendor locks clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

# compiled here too, because where PYTHONDONTWRITEBYTECODE is set every start would compile all of it again
setup: .venv/.done .venv-rasa/.done  ## build both environments from the hashed locks
	@$(BIN)/python -m compileall -q actions bot
	@$(ENGINE)/python -m compileall -q bot/engine

.tools/.done: requirements/tools.txt
	@test -n "$(PYTHON)" || { echo "Tresen needs python3 to begin with; please install it."; exit 1; }
	@echo "== tools"
	@$(PYTHON) -m venv .tools || { echo "python3 cannot make virtual environments; install python3-venv."; exit 1; }
	@.tools/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

.venv/.done: requirements/app.txt .tools/.done
	@echo "== app environment (Python 3.12)"
	@test -x $(BIN)/python || $(UV) venv -q --python 3.12 .venv || { echo "No Python 3.12 here and none could be fetched: please install Python 3.12."; exit 1; }
	@$(UV) pip sync -q --compile-bytecode --python $(BIN)/python --require-hashes requirements/app.txt
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv-rasa/.done: requirements/engine.txt .tools/.done
	@echo "== engine environment (Python 3.10, Rasa)"
	@test -x $(ENGINE)/python || $(UV) venv -q --python 3.10 .venv-rasa || { echo "No Python 3.10 here and none could be fetched: please install Python 3.10 (Rasa needs it)."; exit 1; }
	@$(UV) pip sync -q --compile-bytecode --python $(ENGINE)/python --require-hashes requirements/engine.txt
	@touch $@

train: setup  ## train the model if its training data changed (about a minute)
	@PYTHONWARNINGS=ignore $(ENGINE)/python -m bot.engine.train

run: setup  ## start the shop, the chat and everything behind it
	@$(BIN)/tresen run

check: setup  ## style, types, doors
	@$(BIN)/ruff format --check -q .
	@$(BIN)/ruff check -q .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test-unit: setup  ## the fast tests, without Rasa
	@$(BIN)/pytest tests/unit tests/gateway -m "not stack and not browser and not training and not platforms"

test: setup .venv-voice/.done check train  ## everything that needs no second computer
	@$(BIN)/pytest

# the voice platforms' own classes, which judge what we answer
.venv-voice/.done: requirements/voice-tests.txt .tools/.done
	@echo "== environment of the voice platforms' own classes (Python 3.12)"
	@test -x .venv-voice/bin/python || $(UV) venv -q --python 3.12 .venv-voice
	@$(UV) pip sync -q --compile-bytecode --python .venv-voice/bin/python --require-hashes requirements/voice-tests.txt
	@touch $@

test-npm: .venv-npm/.done setup train  ## two Node clients buy through the Alexa skill (needs Node 18 with npm)
	@$(BIN)/python -m tests.npm.run

.venv-npm/.done: tests/npm/package.json tests/npm/package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "test-npm needs Node 18 or newer with npm; please install both."; exit 1; }
	@echo "== Node clients of the Alexa skill"
	@mkdir -p .venv-npm
	@cp $^ .venv-npm
	@cd .venv-npm && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

bench: setup train  ## the measured figures, printed as a table
	@$(BIN)/python -m benchmarks.figures

bench-affinity: setup .venv-bench/.done  ## suggestions beside those of other libraries (TRESEN_BENCH_DATA names the data)
	@PYTHONPATH=. .venv-bench/bin/python -m benchmarks.affinity.run

.venv-bench/.done: requirements/bench.txt .tools/.done
	@test -x .venv-bench/bin/python || $(UV) venv -q --python 3.12 .venv-bench
	@$(UV) pip sync -q --python .venv-bench/bin/python --require-hashes requirements/bench.txt
	@touch $@

spark: .venv-spark/.done  ## build .venv-spark: the app environment with Apache Spark (needs Java 17)

test-spark: .tools/.done  ## both engines count alike; skipped with its reason where Spark cannot be
	@if ! command -v java >/dev/null && [ -z "$$JAVA_HOME" ]; then echo "test-spark skipped: Spark needs Java 17 or newer, and there is none here."; \
	elif ! $(MAKE) --no-print-directory .venv-spark/.done; then echo "test-spark skipped: .venv-spark could not be built."; \
	else .venv-spark/bin/pytest tests/spark; fi

bench-scale: .venv-spark/.done .venv-bench/.done  ## how counting and asking grow with orders, beside DuckDB and Spark
	@PYTHONPATH=. .venv-spark/bin/python -m benchmarks.affinity.scale

.venv-spark/.done: requirements/spark.txt .tools/.done
	@echo "== app environment with Apache Spark (Python 3.12)"
	@test -x .venv-spark/bin/python || $(UV) venv -q --python 3.12 .venv-spark
	@$(UV) pip sync -q --python .venv-spark/bin/python --require-hashes requirements/spark.txt
	@$(UV) pip install -q --python .venv-spark/bin/python --no-deps --no-build-isolation -e .
	@touch $@

locks: .tools/.done  ## resolve the locks anew
	@$(UV) pip compile -q --python 3.12 --generate-hashes --no-annotate --no-header --upgrade requirements/app.in -o requirements/app.txt
	@$(UV) pip compile -q --python 3.12 --generate-hashes --no-annotate --no-header --upgrade requirements/bench.in -o requirements/bench.txt
	@$(UV) pip compile -q --python 3.12 --generate-hashes --no-annotate --no-header --upgrade -c requirements/app.txt requirements/spark.in -o requirements/spark.txt
	@$(UV) pip compile -q --python 3.12 --generate-hashes --no-annotate --no-header --upgrade requirements/voice-tests.in -o requirements/voice-tests.txt
	@$(UV) pip compile -q --python 3.10 --generate-hashes --no-annotate --no-header --upgrade --override requirements/engine-overrides.txt requirements/engine.in -o requirements/engine.txt

vendor: setup  ## take another version of the chat panel: make vendor VERSION=2.4.3 (needs npm)
	@$(BIN)/python -m bot.widget.refresh $(VERSION)

clean:  ## remove environments and state
	@rm -rf .tools .venv .venv-rasa .venv-bench .venv-spark .venv-voice .venv-npm var
