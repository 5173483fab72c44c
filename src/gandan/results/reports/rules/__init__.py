"""The rules of reports: what a section may say, how a figure is written, what differs. Pure."""
