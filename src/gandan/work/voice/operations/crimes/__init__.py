"""Crime reports: those of the sealed channel come as an extract, without a sender; the legal clocks run here."""
