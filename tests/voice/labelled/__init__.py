"""Ideas labelled by hand: blocks of a file are groups, a block of one line says what nobody else says."""

from pathlib import Path

import gandan.faces.cli.demonstration

HERE = Path(__file__).parent
FILES = {"space": Path(gandan.faces.cli.demonstration.__path__[0]) / "ideas.txt", "pavement": HERE / "pavement.txt"}


def labelled(name: str) -> tuple[list[str], list[int]]:
    """Return the ideas of a call, and the group of each."""
    blocks = FILES[name].read_text(encoding="utf-8").split("\n\n")[1:]
    rows = [(line, number) for number, block in enumerate(blocks) for line in block.strip().splitlines()]
    return [line for line, _ in rows], [number for _, number in rows]


def f1(groups: list[list[int]], truth: list[int]) -> tuple[float, float, float]:
    """Return F1, precision and recall over pairs of ideas: is a pair together where it should be?"""
    found = {at: number for number, group in enumerate(groups) for at in group}
    right = wrong = missed = 0
    for at, label in enumerate(truth):
        for other in range(at):
            same, together = truth[other] == label, at in found and found.get(other) == found[at]
            right, wrong, missed = right + (same and together), wrong + (together and not same), missed + (same and not together)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall
