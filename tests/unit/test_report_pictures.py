"""The gauge as a picture of its own: what surrounds it moves nothing within it."""

from __future__ import annotations

import re

import pytest
import vl_convert

from iw_monitor.publish.report.pictures import gauge_svg, standing_alone
from iw_monitor.telling.inks import DARK, LIGHT, Inks
from tests.unit.reports_site import a_snapshot

# A text as it is drawn: where it was to stand across, and where it stands.
TEXT = re.compile(r'<text aria-label="x: ([\d.]+);[^>]*transform="translate\(([\d.]+),')


@pytest.mark.parametrize("inks", [LIGHT, DARK])
def test_every_text_stands_where_it_belongs_with_and_without_title_and_margin(inks: Inks) -> None:
    snapshot = a_snapshot()
    alone = str(vl_convert.vegalite_to_svg(standing_alone(snapshot, inks), allowed_base_urls=[]))
    for drawn in (gauge_svg(snapshot, inks), alone):
        places = [(float(wanted), float(found)) for wanted, found in TEXT.findall(drawn)]
        assert len(places) >= 10
        assert all(abs(wanted - found) < 0.01 for wanted, found in places), places
