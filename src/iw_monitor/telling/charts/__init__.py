"""Charts from plain values: each function returns a Vega-Lite spec, its ``*_alt`` says it in words for a screen reader.

No Streamlit, no service. A page shows one with ``st.vega_lite_chart(spec, theme=None, alt=gauge_alt(...))``, with
``width="content"`` for the gauge (the stylesheet scales it to its column) and ``width="stretch"`` for all others.
"""

from iw_monitor.telling.charts.ageing import ageing, ageing_alt
from iw_monitor.telling.charts.bullet import bullet, bullet_alt
from iw_monitor.telling.charts.calibration import calibration, calibration_alt
from iw_monitor.telling.charts.gauge import gauge, gauge_alt
from iw_monitor.telling.charts.history import history, history_alt
from iw_monitor.telling.charts.level_strip import level_strip, level_strip_alt
from iw_monitor.telling.charts.sparkline import sparkline, sparkline_alt
from iw_monitor.telling.charts.template import Spec
from iw_monitor.telling.charts.timeline import timeline, timeline_alt
from iw_monitor.telling.charts.tornado import tornado, tornado_alt
from iw_monitor.telling.charts.values import (
    BulletRow,
    Event,
    GaugeReading,
    Part,
    Report,
    Said,
    Scale,
    Series,
    Stretch,
    Swing,
    Weight,
)
from iw_monitor.telling.charts.waterfall import difference, difference_alt, waterfall, waterfall_alt

__all__ = [
    "BulletRow",
    "Event",
    "GaugeReading",
    "Part",
    "Report",
    "Said",
    "Scale",
    "Series",
    "Spec",
    "Stretch",
    "Swing",
    "Weight",
    "ageing",
    "ageing_alt",
    "bullet",
    "bullet_alt",
    "calibration",
    "calibration_alt",
    "difference",
    "difference_alt",
    "gauge",
    "gauge_alt",
    "history",
    "history_alt",
    "level_strip",
    "level_strip_alt",
    "sparkline",
    "sparkline_alt",
    "timeline",
    "timeline_alt",
    "tornado",
    "tornado_alt",
    "waterfall",
    "waterfall_alt",
]
