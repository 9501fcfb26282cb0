"""The dead-man ping: an address outside is called while the site is evaluated, so that its silence is noticed there.

A worker that is dead tells nobody that it is; a whole machine that is gone takes the pages with it, too.
"""

from __future__ import annotations

from iw_monitor.errors import InputError
from iw_monitor.publish.channels.calling import call
from iw_monitor.publish.channels.settings import read_channels
from iw_monitor.service.outlets import Outlets, outlets_of
from iw_monitor.service.running import pulse_of
from iw_monitor.service.site import Site


def ping(site: Site, *, outlets: Outlets | None = None) -> str:
    """Call the operator's dead-man address, and return what is wrong with that, or nothing.

    Where evaluations are overdue nobody is called: that a worker lives is worth nothing if it does not evaluate.

    Raises:
        StoreError: the journal cannot be read.
    """
    places = outlets or outlets_of()
    if places.channels is None:
        return ""
    try:
        address = read_channels(places.channels).dead_man
    except InputError:
        return "the dead-man ping is not sent: the file of channels cannot be used"
    if address is None:
        return ""
    if pulse_of(site, site.now()).is_overdue:
        return "the dead-man ping is not sent: nothing was evaluated for too long"
    done = call(address.url.get_secret_value(), headers={}, allow_private=address.allow_private)
    return "" if done.is_done else f"the dead-man ping fails: {done.target} {done.error}"
