"""What the program is about, as values: no files, no database, no screen."""
