"""Who may do what: asked before every act of somebody who signed in. Hiding a button is not enough."""

from __future__ import annotations

from iw_monitor.errors import AccessDeniedError
from iw_monitor.model.accounts import Actor, Role


def require(actor: Actor | None, role: Role, pack: str) -> Actor:
    """Return the actor if it has a role on a pack; what is done then bears its name.

    Raises:
        AccessDeniedError: nobody is signed in, or the role is too low; with what would let them.
    """
    if actor is None:
        raise AccessDeniedError(f"This needs the role {role} on {pack}. Sign in first.")
    if not actor.may(role, pack):
        raise AccessDeniedError(
            f"{actor.display_name} does not have the role {role} on {pack}. Ask an administrator for it."
        )
    return actor
