from gandan.ground.organisations.rules.lines import How, Line, Nature, UnitKind

__all__ = ["How", "Line", "Nature", "UnitKind"]
