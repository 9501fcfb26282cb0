"""The same as-of join in polars and in DuckDB, on the same arrays: what to be ahead of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl

from iw_monitor.assess.compiled import Compiled, Floats, Integers, Levels
from iw_monitor.assess.epochs import History


@dataclass(frozen=True, slots=True)
class Answer:
    """Instants x indicators: the level last known (-1: none) and the weight left at its age."""

    level: Levels
    age_factor: Floats


def polars_way(compiled: Compiled, history: History, instants: Integers) -> Callable[[], Answer]:
    """Return the join as polars makes it, its frames being ready and known to be sorted."""
    reports, asked = _frames(compiled, history, instants)
    reports, asked = (
        reports.with_columns(pl.col("start").set_sorted()),
        asked.with_columns(pl.col("instant").set_sorted()),
    )
    lives = (pl.col("instant") - pl.col("observed")).cast(pl.Float64) / pl.col("half_life")
    fading = pl.when(lives <= _unknown(compiled)).then(
        pl.lit(2.0).pow(-pl.max_horizontal(lives - _fresh(compiled), pl.lit(0.0)))
    )

    def answer() -> Answer:
        joined = asked.join_asof(
            reports, left_on="instant", right_on="start", by="indicator", strategy="backward", check_sortedness=False
        )
        told = joined.select(pl.col("level").fill_null(-1), fading.otherwise(0.0).fill_null(0.0).alias("factor"))
        return _shaped(compiled, told["level"].to_numpy(), told["factor"].to_numpy())

    return answer


def duckdb_way(compiled: Compiled, history: History, instants: Integers) -> Callable[[], Answer]:
    """Return the join as DuckDB makes it, on all cores, its tables being in memory."""
    reports, asked = _frames(compiled, history, instants)
    connection = duckdb.connect()
    connection.register("reports_frame", reports.to_arrow())
    connection.register("asked_frame", asked.to_arrow())
    connection.execute("CREATE TABLE reports AS SELECT * FROM reports_frame")
    connection.execute("CREATE TABLE asked AS SELECT * FROM asked_frame")
    question = f"""
        SELECT coalesce(level, -1)::TINYINT AS level,
               coalesce(CASE WHEN (instant - observed) / half_life <= {_unknown(compiled)}
                        THEN pow(2, -greatest((instant - observed) / half_life - {_fresh(compiled)}, 0)) ELSE 0 END, 0)
               AS factor
        FROM asked ASOF LEFT JOIN reports ON asked.indicator = reports.indicator AND asked.instant >= reports.start
        ORDER BY asked.indicator, asked.instant
    """

    def answer() -> Answer:
        told = connection.execute(question).fetchnumpy()
        return _shaped(compiled, np.asarray(told["level"]), np.asarray(told["factor"]))

    return answer


def _frames(compiled: Compiled, history: History, instants: Integers) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what was reported and what is asked, indicator by indicator and within one by time."""
    sizes = [len(one.start) for one in history.epochs]
    count = len(compiled.indicators)
    reports = pl.DataFrame(
        {
            "indicator": np.repeat(np.arange(count, dtype=np.int16), sizes),
            "start": np.concatenate([one.start for one in history.epochs]),
            "observed": np.concatenate([one.observed for one in history.epochs]),
            "level": np.concatenate([one.level for one in history.epochs]),
        }
    )
    asked = pl.DataFrame(
        {
            "indicator": np.repeat(np.arange(count, dtype=np.int16), len(instants)),
            "instant": np.tile(instants, count),
            "half_life": np.repeat(compiled.half_life.astype(np.float64), len(instants)),
        }
    )
    return reports, asked


def _fresh(compiled: Compiled) -> float:
    return compiled.pack.method.ageing.fresh_for


def _unknown(compiled: Compiled) -> float:
    return compiled.pack.method.ageing.unknown_after


def _shaped(compiled: Compiled, level: Levels, factor: Floats) -> Answer:
    count = len(compiled.indicators)
    return Answer(level.reshape(count, -1).T, factor.reshape(count, -1).T)
