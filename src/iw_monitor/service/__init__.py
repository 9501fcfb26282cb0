"""The verbs: record, confirm, retract, import, assess, replay, export. The only wiring of pack, journal and engine."""
