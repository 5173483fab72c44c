"""What people bring, and what is owed to them: an answer, by a day, that they see."""
