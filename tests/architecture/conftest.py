"""What the tests of this folder tried, said at the end."""

from collections import Counter

import pytest

TRIED = pytest.StashKey[Counter[str]]()


@pytest.fixture
def tried(pytestconfig: pytest.Config) -> Counter[str]:
    """Count under a name what a test tries."""
    return pytestconfig.stash.setdefault(TRIED, Counter())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for what, count in config.stash.get(TRIED, Counter()).items():
        terminalreporter.write_line(f"{count} {what} were tried.")
