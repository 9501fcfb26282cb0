"""Parts of the judging pages."""
