"""What of a report everybody may read: no figure below five, and none from which one could be reckoned back."""

from collections.abc import Sequence

from gandan.results.measures.rules import FEWEST, Cell


def hidden(cells: Sequence[Cell | None]) -> tuple[bool, ...]:
    """Say which figures of a row (its years, then the whole period) are not shown.

    Where only one of those that add up is too small, the smallest of the others goes with it: else the total would tell.
    """
    small = [cell is not None and _is_small(cell) for cell in cells]
    parts = [nth for nth in range(len(cells) - 1) if cells[nth] is not None]
    if sum(small[nth] for nth in parts) == 1 and not small[-1]:
        others = [(cells[nth].value or 0, nth) for nth in parts if not small[nth] and cells[nth]]  # type: ignore[union-attr]
        if others:
            small[min(others)[1]] = True
    return tuple(small)


def _is_small(cell: Cell) -> bool:
    if cell.value is None:
        return False
    if cell.part is not None and cell.whole is not None:  # a share tells its parts to who knows the whole
        return cell.whole < FEWEST or 0 < cell.part < FEWEST or 0 < cell.whole - cell.part < FEWEST
    return 0 < cell.value < FEWEST
