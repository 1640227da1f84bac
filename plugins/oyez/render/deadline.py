"""Stops a rendering that takes too long, in any thread."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooLongError(Exception):
    """The block was still running at its deadline."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TooLongError inside the block once it has run for `seconds`.

    Signals reach only the main thread and workers render in others, so a timer asks the interpreter
    to raise in this one. It acts between two steps of Python code.
    """
    thread = threading.get_ident()
    lock = threading.Lock()
    is_over = False

    def stop() -> None:
        with lock:
            if not is_over:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(thread), ctypes.py_object(TooLongError)
                )

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            is_over = True
        timer.cancel()
