"""Prometheus' own check of what a scrape answers."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def complaints(metrics: bytes) -> str:
    """Return what ``promtool check metrics`` says about them, or skip by name where it is not there."""
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("needs promtool: install prometheus")
    done = subprocess.run([promtool, "check", "metrics"], input=metrics, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode()
    return said or (f"ended with {done.returncode}" if done.returncode else "")
