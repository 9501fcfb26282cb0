"""Which role a value at an identity provider or a proxy gives on which pack. The highest match wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from iw_monitor.model.accounts import EVERY_PACK, Role


@dataclass(frozen=True, slots=True)
class RoleTable:
    """For each pack, or ``*``, the role that a value such as the name of a group gives."""

    by_pack: Mapping[str, Mapping[str, Role]]

    def roles_of(self, values: Iterable[str]) -> dict[str, Role]:
        """Return the roles of somebody of whom these values are said; no match is no role, not the lowest one.

        Example:
            >>> table = RoleTable({"*": {"watch": Role.VIEWER, "desk": Role.EDITOR}, "harbour": {"desk": Role.ADMIN}})
            >>> table.roles_of(["watch", "desk", "kitchen"])
            {'*': <Role.EDITOR: 2>, 'harbour': <Role.ADMIN: 4>}
            >>> table.roles_of(["kitchen"])
            {}
        """
        held = frozenset(values)
        found = {pack: [role for value, role in table.items() if value in held] for pack, table in self.by_pack.items()}
        return {pack: max(roles) for pack, roles in found.items() if roles}

    def opens(self, pack: str) -> bool:
        """Say whether any value at all gives a role on a pack."""
        return any(self.by_pack.get(where) for where in (pack, EVERY_PACK))
