"""Alerts as people see them: how they stand, their log with its rates, and what was sent."""

from __future__ import annotations

from datetime import timedelta

from iw_monitor.assess.alerting.rates import rates
from iw_monitor.model.alert import Alert, Standing
from iw_monitor.service.alerting import rules_of
from iw_monitor.service.outlets import Outlets, outlets_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.telling.alerts import Glance, Overview, Told, subject_title

LOG_OF = timedelta(days=30)  # what rates are counted from
MOST_MESSAGES = 50


def overview(site: Site, *, outlets: Outlets | None = None) -> Overview:
    """Return everything about the alerts of a site at this moment.

    Raises:
        StoreError: the journal cannot be read.
    """
    store, now, places = AlertStore(site.journal, site.pack.id), site.now(), outlets or outlets_of()
    standing = store.look().standing
    log = tuple(one for one in store.transitions() if now - one.at <= LOG_OF)
    return Overview(
        now=now,
        has_rules=bool(rules_of(site).rules),
        evaluated_at=standing.evaluated_at,
        alerts=_by_rank(site, standing),
        silences=tuple(one for one in standing.silences if one.until > now),
        exercise=standing.exercise_at(now),
        rates=rates(standing, log, now),
        log=tuple(reversed(log)),
        messages=tuple(store.messages(limit=MOST_MESSAGES)),
        in_trouble=store.in_trouble(),
        has_channels=places.channels is not None,
    )


def glance(site: Site) -> Glance:
    """Return what every page says of the alerts of a site at this moment.

    Raises:
        StoreError: the journal cannot be read.
    """
    standing = AlertStore(site.journal, site.pack.id).look().standing
    loud = tuple(one for one in _by_rank(site, standing) if one.alert.is_active and one.silence is None)
    return Glance(loud=loud, exercise=standing.exercise_at(site.now()))


def _by_rank(site: Site, standing: Standing) -> tuple[Told, ...]:
    return tuple(sorted((_told(site, standing, one) for one in standing.alerts), key=lambda one: one.rank))


def _told(site: Site, standing: Standing, alert: Alert) -> Told:
    now, pack = site.now(), site.pack
    rule = next((one for one in rules_of(site).rules if one.id == alert.rule), None)
    return Told(
        alert=alert,
        title=alert.rule if rule is None else rule.title,
        subject_title=subject_title(pack, alert.subject),
        word="" if alert.level is None else pack.word(alert.level),
        what="" if rule is None else rule.what,
        runbook="" if rule is None else rule.runbook,
        silence=standing.silence_of(alert, now),
        is_owned=alert.is_owned(now),
    )
