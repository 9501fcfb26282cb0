"""Judging the judgement: forecasts beside what happened (METHOD §6). Pure; nothing here feeds back into a pack."""
