"""What is done with documents: files that people give are taken, moved to another record, and erased when their time is up."""

from gandan.ground.documents.operations.attachments import TooMany, attach, erase_attachment, erase_ended, hand_on

__all__ = ["TooMany", "attach", "erase_attachment", "erase_ended", "hand_on"]
