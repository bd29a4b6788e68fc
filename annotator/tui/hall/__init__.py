"""What a reviewer does in the library: one family of acts a file."""
