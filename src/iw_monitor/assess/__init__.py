"""What we conclude: pure functions over arrays of instants x indicators x problems (METHOD §4).

The way through, one module a step::

    compiled  the pack's numbers as arrays          reports   the journal's rows as arrays
    evidence  quality of the current level (4.2)    normal    the moving normal (4.1)
    states    level, quality, age per instant (4.1-4.3)
    points    contributions, families, interactions, points (4.4-4.7)
    floors    tripwires and their latches (4.6 X5, 4.9)
    recommend the chain with hysteresis (4.10)
    interval  seeded draws (4.11)                   coverage  coverage and confidence (4.12, 4.13)
    engine    assess and replay                     explain   movers and differences
"""
