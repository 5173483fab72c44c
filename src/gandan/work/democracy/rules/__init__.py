"""Rules of grassroots democracy: what the law asks for, how ballots are counted, how a text is cut into paragraphs."""
