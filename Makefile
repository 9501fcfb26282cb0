# Thin names for bootstrap.py; give more with ARGS, for example: make test ARGS="-k gauge"
PYTHON ?= python3

.PHONY: demo test check bench install lock

demo test check bench install lock:
	@$(PYTHON) bootstrap.py $@ $(ARGS)
