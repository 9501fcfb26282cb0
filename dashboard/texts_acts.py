"""Every fixed sentence on what people state beside what is computed, and on what waits for a person."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

# What stands
STATED: Final = "What people state"
DECLARED: Final = "Declared: {level} by {author}, until {until}."
DECLARED_SHORT: Final = "declared {level} by {author}"
GAP: Final = "That is {steps} {side} what is recommended, {level}."
NO_GAP: Final = "That is what is recommended."
NO_RECOMMENDATION: Final = "Nothing is recommended to compare it with."
STEPS: Final = MappingProxyType({1: "one level", 2: "two levels", 3: "three levels", 4: "four levels"})
BELOW, ABOVE = "below", "above"
DISSENT: Final = "Dissent: {author} holds {level}, until {until}."
DISSENT_SHORT: Final = "{author} dissents: {level}"
ESTIMATE: Final = "{author} gives it a chance of {chance}, until {until}."
ESTIMATE_BESIDE: Final = "The model says {likelihood}."
NOBODY: Final = "Nobody has declared a level, dissents, or has given an estimate."
OVERRIDDEN: Final = "Overridden to {level} ({anchor}) by {author}, until {until}."
OVERRIDDEN_SHORT: Final = "overridden to {level} by {author}, until {until}"
WITH_OVERRIDE: Final = "With the override: {effects}."
EFFECT: Final = "{problem} {level}, {change}"
NO_EFFECT: Final = "no problem would move"
BESIDE: Final = "It stands beside the computed level and counts in no number."
WHEN: Final = "stated {moment}"
