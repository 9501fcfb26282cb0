"""Alerting as pure functions: what is seen, what state an alert is in, who is told, and how it all went."""
