"""The parts of the desk: its queue, its form with the effect, its tray, its file door, and the acts."""
