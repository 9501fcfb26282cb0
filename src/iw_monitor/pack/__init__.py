"""Reading what people wrote: packs, with every finding at once."""
