"""What comes from outside to do harm, and what everybody is owed all the same."""
