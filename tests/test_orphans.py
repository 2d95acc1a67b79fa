"""Processes whose run was killed while they were being started."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
from multiprocessing import spawn

import pytest

from quotes.batch.orphans import end_quietly


@pytest.mark.skipif(os.name != "posix", reason="pipes of processes are other things elsewhere")
@pytest.mark.parametrize("orders", [b"", b"\x80\x04\x95\xff\x00"])
def test_an_orphan_says_nothing(orders: bytes) -> None:
    """Its orders are missing or cut off."""
    end_quietly()
    reading, writing = os.pipe()
    tracker, other = os.pipe()
    os.write(writing, orders)
    os.close(writing)
    command = spawn.get_command_line(pipe_handle=reading, tracker_fd=tracker)
    done = subprocess.run(command, pass_fds=[reading, tracker], capture_output=True, check=False, timeout=60)
    for handle in (reading, tracker, other):
        os.close(handle)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_others_begin_as_ever() -> None:
    end_quietly()
    end_quietly()
    process = multiprocessing.get_context("spawn").Process(target=os._exit, args=(7,))
    process.start()
    process.join(60)
    assert process.exitcode == 7
