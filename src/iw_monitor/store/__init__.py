"""The journal: everything ever reported, in the order in which we learnt it, append-only and hash-chained."""
