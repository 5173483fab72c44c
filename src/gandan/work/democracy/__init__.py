"""Democracy at the grassroots: duties to publish, consultations on texts, votes of households."""
