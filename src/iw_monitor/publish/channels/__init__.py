"""Channels: where notices lead, as the operator says, and the ways of getting them there."""
