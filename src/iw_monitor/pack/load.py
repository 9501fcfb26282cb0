"""Loading and checking a pack: every finding at once, errors apart from issues."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from iw_monitor.errors import Finding, PackError, Severity
from iw_monitor.model.case import Case
from iw_monitor.model.pack import Article, Indicator, MethodNumbers, Pack, PackFile
from iw_monitor.model.pack.alerts import AlertsFile
from iw_monitor.model.pack.reports import ReportsFile
from iw_monitor.model.pack.sources import Source, SourcesFile
from iw_monitor.pack import codes
from iw_monitor.pack.alert_rules import check_alerts
from iw_monitor.pack.cases import check_cases, check_closings
from iw_monitor.pack.folder import (
    ALERTS_FILE,
    ARTICLE_FILE,
    CASES,
    METHOD_FILE,
    PACK_FILE,
    REPORTS_FILE,
    SOURCES_FILE,
    Written,
    read_folder,
    shown,
)
from iw_monitor.pack.life import check_life
from iw_monitor.pack.lint import Parts, lint
from iw_monitor.pack.method_numbers import check_method
from iw_monitor.pack.node import Node
from iw_monitor.pack.quotes import check_quotes
from iw_monitor.pack.references import check_names
from iw_monitor.pack.report_plans import check_reports
from iw_monitor.pack.sources import check_sources
from iw_monitor.pack.thresholds import check_thresholds
from iw_monitor.pack.versions import unbumped
from iw_monitor.pack.words import Model, read_as

_CHECKS: tuple[Callable[[Written], Iterator[Finding]], ...] = (
    check_names,
    check_quotes,
    check_thresholds,
    check_method,
    check_life,
    check_cases,
    check_alerts,
    check_sources,
    check_reports,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPack:
    """A pack that can be used, where it came from, and what should be mended in it."""

    pack: Pack
    folder: Path
    issues: tuple[Finding, ...]
    cases: Mapping[str, Case] = field(default_factory=lambda: MappingProxyType({}))  # by file, when asked for
    alerts: AlertsFile | None = None  # what is told to whom; no part of the pack's hash
    sources: tuple[Source, ...] = ()  # what machines collect; no part of the pack's hash either
    reports: ReportsFile | None = None  # what is reported by itself; no part of it either


def load_pack(folder: Path, *, today: date | None = None, cases: bool = False) -> LoadedPack:
    """Return the pack in a folder.

    Args:
        folder: holds pack.yml, method.yml and indicators/.
        today: with it, days to look again that have passed are issues.
        cases: with it, the worked cases too; without it, nothing wrong with them keeps the pack from being used.

    Raises:
        PackError: the pack cannot be used; carries every finding, issues included.
    """
    read = _examine(folder, today, cases=cases)
    if read.pack is None or any(one.severity is Severity.ERROR for one in read.findings):
        raise PackError(read.findings)
    return LoadedPack(
        pack=read.pack,
        folder=folder,
        issues=read.findings,
        cases=MappingProxyType(read.cases),
        alerts=read.alerts,
        sources=read.sources,
        reports=read.reports,
    )


def check_pack(folder: Path, *, today: date | None = None, against: Pack | None = None) -> tuple[Finding, ...]:
    """Return every finding about a pack, by file, line and code; never raises for what a pack holds.

    Args:
        folder: holds pack.yml, method.yml and indicators/.
        today: with it, days to look again that have passed are issues.
        against: with an earlier state of the pack, what changed under the same version is an issue.
    """
    return _examine(folder, today, cases=True, against=against).findings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Examined:
    """What a folder holds, as far as it can be made out, and every finding about it."""

    pack: Pack | None
    cases: dict[str, Case]
    alerts: AlertsFile | None
    sources: tuple[Source, ...]
    reports: ReportsFile | None
    findings: tuple[Finding, ...]


def _examine(folder: Path, today: date | None, *, cases: bool, against: Pack | None = None) -> _Examined:
    written = read_folder(folder, cases=cases)
    findings = list(written.findings)

    def part(model: type[Model], node: Node | None) -> Model | None:
        if node is None or not node.there:
            return None
        value, more = read_as(model, node)
        findings.extend(more)
        return value

    file, method = part(PackFile, written.tree(PACK_FILE)), part(MethodNumbers, written.tree(METHOD_FILE))
    article, alerts = part(Article, written.tree(ARTICLE_FILE)), part(AlertsFile, written.tree(ALERTS_FILE))
    collected = part(SourcesFile, written.tree(SOURCES_FILE))
    reports = part(ReportsFile, written.tree(REPORTS_FILE))
    read = {name: part(Indicator, tree) for name, tree in written.indicators.items()}
    indicators = {name: one for name, one in read.items() if one is not None}
    worked = {name: case for name, tree in written.cases.items() if (case := part(Case, tree)) is not None}
    for check in _CHECKS:
        findings.extend(check(written))
    findings.extend(lint(Parts(written=written, file=file, method=method, indicators=indicators), today=today))
    pack = None
    if file is not None and method is not None and len(indicators) == len(read):
        ordered = _in_order(file, indicators.values())
        pack = Pack(file=file, method=method, article=article, indicators=ordered)
        if against is not None:
            findings.extend(unbumped(written, pack, against))
        findings.extend(check_closings(pack, worked, written))
        if cases and not written.cases:
            findings.append(codes.NO_CASE.in_file(shown(folder / CASES), "nothing says what must follow from reports"))
    return _Examined(
        pack=pack,
        cases=worked,
        alerts=alerts,
        sources=collected.sources if collected else (),
        reports=reports,
        findings=tuple(sorted(set(findings), key=_place)),
    )


def _place(finding: Finding) -> tuple[str, int, str, str, str]:
    return finding.file, finding.line, finding.code, finding.field, finding.problem


def _in_order(file: PackFile, indicators: Iterable[Indicator]) -> tuple[Indicator, ...]:
    """Return the leading indicators in the pack's order, then the rest by family and id."""
    leading = {name: place for place, name in enumerate(file.leading)}
    families = {one.id: place for place, one in enumerate(file.families)}

    def place(one: Indicator) -> tuple[int, int, str]:
        if one.id in leading:
            return leading[one.id], 0, ""
        return len(leading), families.get(one.family, len(families)), one.id

    return tuple(sorted(indicators, key=place))
