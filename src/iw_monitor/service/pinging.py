"""The dead-man ping: an address outside is called while the site is evaluated, so that its silence is noticed there.

A worker that is dead tells nobody that it is; a whole machine that is gone takes the pages with it, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from iw_monitor.errors import InputError
from iw_monitor.publish.channels.calling import call
from iw_monitor.publish.channels.settings import read_channels
from iw_monitor.service.outlets import Outlets, outlets_of
from iw_monitor.service.running import pulse_of
from iw_monitor.service.sites import Held

NOT_SENT = "the dead-man ping is not sent"


def ping(held: Sequence[Held], *, outlets: Outlets | None = None) -> str:
    """Call the operator's dead-man address, and return what is wrong with that, or nothing.

    Where evaluations are overdue nobody is called: that a worker lives is worth nothing if it does not evaluate. One
    address watches over all packs that are held, so one of them that is left alone is enough.

    Raises:
        StoreError: the journal cannot be read.
    """
    places = outlets or outlets_of()
    if places.channels is None:
        return ""
    try:
        address = read_channels(places.channels).dead_man
    except InputError:
        return f"{NOT_SENT}: the file of channels cannot be used"
    if address is None:
        return ""
    if alone := _left_alone(held):
        return f"{NOT_SENT}: {alone}"
    done = call(address.url.get_secret_value(), headers={}, allow_private=address.allow_private)
    return "" if done.is_done else f"the dead-man ping fails: {done.target} {done.error}"


def _left_alone(held: Sequence[Held]) -> str:
    """Return which pack nobody evaluates, or nothing."""
    of = "" if len(held) == 1 else " of {}"
    for one in held:
        if one.site is None:
            return f"the pack {one.name} cannot be used"
        if pulse_of(one.site, one.site.now()).is_overdue:
            return f"nothing{of.format(one.name)} was evaluated for too long"
    return ""
