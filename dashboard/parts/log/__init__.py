"""The parts of the log: notes and open questions, everything done, and handing over."""
