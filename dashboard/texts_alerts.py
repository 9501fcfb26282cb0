"""Every fixed sentence of the page Alerts, and of the mark in the header."""

from __future__ import annotations

from typing import Final

ALERTS: Final = "Alerts"
VIEW_LABEL: Final = "Which part"
FIRING: Final = "What fires"
LOG: Final = "Log and rates"
MESSAGES: Final = "Messages"

# In the header and above every page
MARK: Final = "{count} firing"
EXERCISE: Final = "EXERCISE"
EXERCISE_SAYS: Final = (
    "{title}, until {until}. Every page, message and file is marked; what is evaluated does not differ."
)

# What fires
EVALUATED: Final = "Evaluated {age} ago."
COUNTS: Final = "{firing} firing, {silenced} of them silenced; {pending} pending."
NONE_FIRES: Final = "No alert fires."
SINCE: Final = "since"
DO: Final = "Do"
SUNSET: Final = "Ends of itself {moment} unless renewed."
PENDING: Final = "Pending"
PENDING_HEAD: Final = ("Rule", "About", "Seen", "Holds for")
SILENCES: Final = "Silenced"
SILENCES_HEAD: Final = ("Alert", "By", "Until", "Why")

# Answers
ANSWER: Final = "Answer"
REASON: Final = "Why, and what is being done"
LENGTH: Final = "For how long"
LENGTHS: Final = {
    "1": "1 hour",
    "4": "4 hours",
    "8": "8 hours, a shift",
    "24": "1 day",
    "168": "7 days",
    "720": "30 days",
}
ACKNOWLEDGE: Final = "Acknowledge"
SILENCE: Final = "Silence"
RENEW: Final = "Renew"
END_SILENCE: Final = "End this silence"
ACKNOWLEDGED: Final = "{owner} is at it until {until}."
SILENCED: Final = "Silenced until {until}; it is noticed and shown all the same."
RENEWED: Final = "It stands until {until} unless it is resolved."
UNSILENCED: Final = "It is told again."
EXERCISE_BEGIN: Final = "Hold an exercise"
EXERCISE_TITLE: Final = "Its name"
EXERCISE_DO: Final = "Begin the exercise"
EXERCISE_BEGUN: Final = "Everything is marked EXERCISE until {until}."
EXERCISE_END: Final = "End the exercise"
EXERCISE_OVER: Final = "The exercise is over."

# Log and rates
RATES: Final = {
    "last_ten_minutes": "Fired in the last ten minutes",
    "most_in_ten_minutes": "Most in any ten minutes",
    "last_shift": "Fired in the last eight hours",
    "unacknowledged": "Firing and not acknowledged",
}
RATES_SAY: Final = "Of the last 30 days. More than ten in ten minutes is a flood to whoever reads them (EEMUA 191)."
TALKERS: Final = "Who talks most"
FLUTTERS: Final = "What flutters: three times or more within a day"
TIMES: Final = ("Alert", "Fired")
NONE_TALKS: Final = "Nothing fired."
NONE_FLUTTERS: Final = "Nothing flutters."
CHANGES: Final = "Changes of state"
CHANGES_HEAD: Final = ("When", "Alert", "State", "Why", "Seen")
NO_CHANGES: Final = "Nothing has changed its state yet."
MORE_CHANGES: Final = "The newest {shown} are shown; the journal holds all: iw-monitor history --part alerts."

# Messages
NO_CHANNELS: Final = "No channel is set up: nothing is sent, and this page alone tells. See docs/alerting.md."
NO_MESSAGES: Final = "Nothing was to be sent yet."
TROUBLE: Final = "{count} messages were tried in vain and are not delivered."
MESSAGES_HEAD: Final = ("When", "Channel", "What", "Delivery", "Attempts")
DELIVERED: Final = "delivered {age} ago"
GIVEN_UP: Final = "given up"
WAITS: Final = "waits until {moment}"
