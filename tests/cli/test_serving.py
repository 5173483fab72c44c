"""What serves stops what it started, however it ends."""

import os
import signal
import subprocess
import sys

import pytest

STARTING = """
import sys
from gandan.config.serving import keep_running
writing = "import os, time; os.write(1, f'{os.getpid()}{chr(10)}'.encode()); time.sleep(60)"
keep_running([[sys.executable, "-c", writing]] * 2)
"""


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL], ids=lambda one: one.name)
def test_what_was_started_ends_with_what_started_it(told):
    command = ["env", "--default-signal=SIGINT", sys.executable, "-c", STARTING]  # in the background, shells have it ignored
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        started = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(told)
        try:
            parent.communicate(timeout=20)  # at the end of the pipe nobody holds it any more
        except subprocess.TimeoutExpired:
            parent.kill()
            for one in started:
                os.kill(one, signal.SIGKILL)
            raise

    assert parent.returncode == (-signal.SIGKILL if told == signal.SIGKILL else 0)
