"""The parts of the page Alerts: what fires and how it is answered, the log with its rates, and the messages."""
