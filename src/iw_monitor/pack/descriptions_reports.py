"""What each key of reports.yml is for; part of ``descriptions``."""

from __future__ import annotations

from collections.abc import Mapping

REPORTS: Mapping[str, Mapping[str, str]] = {
    "ReportsFile": {
        "formats_up_to": "By format: the highest marking it may bear; a report marked higher is refused in it.",
        "reports": "What is reported.",
    },
    "ReportSchedule": {
        "cron": "Minute, hour, day of the month, month, day of the week, as in 0 6 * * mon-fri.",
        "zone": "IANA name of the zone of whose clocks it speaks.",
    },
    "ReportPlan": {
        "title": "Stands at the head of the report.",
        "layout": "For whom it is: watch looks back a day, weekly seven with their course, handover twelve hours.",
        "formats": "Which files are made.",
        "schedule": "When it is due; left out, it is made on a change of level or by name only.",
        "on_level_change": "Make it too when the recommended level of a problem changes.",
        "folder": "A name below the operator's folder of reports.",
        "up_to": "The highest marking that may go there.",
    },
}
