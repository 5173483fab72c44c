"""Rules of calls for ideas: how a call stands, what a ballot keeps, which ideas say the same."""
