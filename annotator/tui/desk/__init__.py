"""What a reviewer does at the labelling screen, one family of acts a file."""
