"""Who may come in: the rules for names, passwords, sessions and cookies. Pure: time and secrets are given."""
