"""How the tables came to be, one file per change. Never edit a released one."""
