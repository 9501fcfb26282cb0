"""How a site does, as metrics for Prometheus. Names end in their base unit; what is not known is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from iw_monitor.model.running import WorkerHealth, WorkerState
from iw_monitor.model.status import PackLine, SiteStatus
from iw_monitor.publish.of_status import ACTIVE

MEDIA_TYPE = CONTENT_TYPE_LATEST
PACK = "pack"  # the label that says of which pack a sample is


def metrics_text(status: SiteStatus, *, version: str) -> bytes:
    """Return the text that a scrape answers about one pack, with how the process itself does."""
    return _text([_build(version), *_of_journal(status), *_of_pack(status)])


def metrics_of_packs(lines: Sequence[PackLine], *, version: str) -> bytes:
    """Return the text that a scrape answers about several packs: what is of one of them bears its id as a label."""
    found = {one.name: one.status for one in lines if one.status is not None}
    usable = {one.name: float(one.name in found) for one in lines}
    journal = [metric for status in [*found.values()][:1] for metric in _of_journal(status)]
    labelled = (_of_one(name, metric) for name, status in found.items() for metric in _of_pack(status))
    told = _labelled("iw_pack_usable", "Whether a pack that is held can be used.", PACK, usable)
    return _text([_build(version), told, *journal, *_merged(labelled)])


def _text(metrics: Iterable[Metric]) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(tuple(metrics)))
    for collector in (ProcessCollector, PlatformCollector, GCCollector):
        collector(registry=registry)
    return generate_latest(registry)


@dataclass(frozen=True, eq=False)
class _Collected(Collector):
    """Metrics that were computed before anybody asks."""

    metrics: tuple[Metric, ...]

    def collect(self) -> Iterable[Metric]:
        """Return each of them."""
        return self.metrics


def _of_one(pack: str, metric: Metric) -> Metric:
    """Return a metric that says of which pack it is."""
    metric.samples = [sample._replace(labels={PACK: pack, **sample.labels}) for sample in metric.samples]
    return metric


def _merged(metrics: Iterable[Metric]) -> Iterable[Metric]:
    """Return metrics of one name as one: the text format asks for all samples of a metric together."""
    held: dict[str, Metric] = {}
    for metric in metrics:
        if metric.name in held:
            held[metric.name].samples.extend(metric.samples)
        else:
            held[metric.name] = metric
    return held.values()


def _of_pack(one: SiteStatus) -> Iterator[Metric]:
    yield from _of_the_pack_itself(one)
    yield from _of_running(one)
    yield from _of_jobs(one)
    yield from _of_assessment(one)
    yield from _of_telling(one)


def _build(version: str) -> Metric:
    build = GaugeMetricFamily("iw_build_info", "The program; always 1.", labels=["version"])
    build.add_metric([version], 1)
    return build


def _of_the_pack_itself(one: SiteStatus) -> Iterator[Metric]:
    pack = GaugeMetricFamily("iw_pack_info", "The pack in use; always 1.", labels=[PACK, "version", "hash"])
    pack.add_metric([one.assessment.pack, one.installation.pack, one.installation.pack_hash], 1)
    yield pack
    yield _plain("iw_pack_broken", "Whether an edit of the pack cannot be used.", one.is_pack_broken)


def _of_journal(one: SiteStatus) -> Iterator[Metric]:
    yield _plain("iw_journal_entries", "Entries of the journal.", one.entries)
    free = one.installation.free_bytes
    if free is not None:
        yield _plain("iw_journal_disk_free_bytes", "Room where the journal lies.", free)


def _of_running(one: SiteStatus) -> Iterator[Metric]:
    yield _plain("iw_worker_alive", "Whether a worker acts.", one.pulse.health is WorkerHealth.ALIVE)
    counts = {state.value: one.workers.get(state, 0) for state in WorkerState if state is not WorkerState.STOPPED}
    yield _labelled("iw_workers", "Workers that are heard of, by what they are about.", "state", counts)
    if one.pulse.evaluated_at is not None:
        said = "The last instant that was evaluated."
        yield _plain("iw_evaluated_timestamp_seconds", said, one.pulse.evaluated_at.timestamp())
    yield _plain("iw_evaluation_overdue", "Whether nothing was evaluated for too long.", one.pulse.is_overdue)
    behind = one.pulse.is_clock_behind
    yield _plain("iw_clock_behind", "Whether the clock is behind the journal: what is recorded is not seen.", behind)


def _of_jobs(one: SiteStatus) -> Iterator[Metric]:
    failed = {run.job: float(run.is_broken) for run in one.runs}
    due = {run.job: run.due_at.timestamp() for run in one.runs}
    late = {run.job: run.late_by.total_seconds() for run in one.runs}
    took = {run.job: _seconds(run.started_at, run.finished_at) for run in one.runs if run.finished_at is not None}
    yield _labelled("iw_job_broken", "Whether the last run of a job failed or was interrupted.", "job", failed)
    yield _labelled("iw_job_due_timestamp_seconds", "When the last run of a job was due.", "job", due)
    yield _labelled("iw_job_lateness_seconds", "How late the last run of a job began.", "job", late)
    yield _labelled("iw_job_run_seconds", "How long the last run of a job took.", "job", took)


def _of_assessment(one: SiteStatus) -> Iterator[Metric]:
    found = one.assessment
    yield _plain("iw_assessed", "Whether there is an assessment; 0 is NO ASSESSMENT.", found.headline.assessed)
    yield _plain("iw_coverage_ratio", "Share of the evidence that is current.", found.coverage)
    levels = {each.id: each.recommended_level for each in found.problems if each.recommended_level is not None}
    yield _labelled("iw_problem_level", "Recommended level, 1 to 5; none without assessment.", "problem", levels)
    points = {each.id: each.points for each in found.problems if each.recommended_level is not None}
    yield _labelled("iw_problem_points", "Points of evidence (decibans).", "problem", points)
    states = {state.value: count for state, count in one.freshness.items()}
    yield _labelled("iw_indicators", "Indicators, by how current they are.", "status", states)


def _of_telling(one: SiteStatus) -> Iterator[Metric]:
    counts = {state.value: one.alerts.get(state, 0) for state in ACTIVE}
    yield _labelled("iw_alerts", "Alerts that stand, by state.", "state", counts)
    yield _plain("iw_messages_undelivered", "Messages that were tried in vain.", one.undelivered)


def _seconds(begun: datetime, ended: datetime) -> float:
    return (ended - begun).total_seconds()


def _plain(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=float(value))


def _labelled(name: str, said: str, label: str, values: Mapping[str, float]) -> Metric:
    found = GaugeMetricFamily(name, said, labels=[label])
    for key, value in values.items():
        found.add_metric([key], float(value))
    return found
