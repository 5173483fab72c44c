"""What is done with requests for reports: asked of many units, answered by each at a posting, sent back, excused, gathered."""

from gandan.results.requests.operations.answering import NotAsked, answer_request, write_answer
from gandan.results.requests.operations.asking import ask, excuse_answer, gather, return_answer

__all__ = ["NotAsked", "answer_request", "ask", "excuse_answer", "gather", "return_answer", "write_answer"]
