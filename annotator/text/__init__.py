"""Text on its way in: characters, sentences, and how to show them safely."""
