"""``python -m iw_monitor.cli``."""

from iw_monitor.cli.program import main

main()
