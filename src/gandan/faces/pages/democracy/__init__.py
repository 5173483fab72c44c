"""Democracy at the grassroots: what must be published, what people are asked about, what households decide."""
