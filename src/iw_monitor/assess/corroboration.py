"""Whether a high level rests on enough independent voices, as its pack demands (FEATURES 9.4). Changes no points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iw_monitor.model.observation import CREDIBILITIES, RELIABILITIES, Grade, Observation, originator_of
from iw_monitor.model.pack import HighEvidence, Pack

_CANNOT_BE_JUDGED = (RELIABILITIES[-1], CREDIBILITIES[-1])  # F and 6: ignorance, which nothing can rest on


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """How many independent voices a high level has, and how many its pack demands."""

    level: int  # of the indicator, 0 to 4
    needed: int  # originators
    grade: str  # the least that counts, for example C2
    originators: tuple[str, ...]  # those that count, by name

    @property
    def is_enough(self) -> bool:
        return len(self.originators) >= self.needed


def corroboration(pack: Pack, level: int | None, evidence: Iterable[Observation]) -> Corroboration | None:
    """Return how far an indicator's level is corroborated, or None where the pack demands nothing of that level.

    Args:
        pack: whose ``evidence`` block holds.
        level: of the indicator, 0 to 4; None if it was never reported.
        evidence: the reports that the level rests on (``IndicatorAssessment.observations``).
    """
    rule = pack.file.evidence.high
    if rule is None or level is None or level < rule.from_level:
        return None
    good = {originator_of(one): one for one in evidence if one.level == level and reaches(one.grade, rule)}
    names = sorted(one.originator or one.source_name for name, one in good.items() if name)
    return Corroboration(level=level, needed=rule.originators, grade=rule.grade, originators=tuple(names))


def reaches(grade: Grade, rule: HighEvidence) -> bool:
    """Say whether a grade is at least the one demanded, in both fields; F and 6 cannot be judged and never are."""
    letter, number = rule.grade[0], int(rule.grade[1])
    if grade.reliability == _CANNOT_BE_JUDGED[0] or grade.credibility == _CANNOT_BE_JUDGED[1]:
        return False
    return grade.reliability <= letter and grade.credibility <= number
