"""Jobs that cannot be done: what went wrong in a worker, as the front will answer it."""

from __future__ import annotations

import json

from kg.serve.frames import Frame, pack


class JobFault(Exception):  # noqa: N818 - travels to the front and becomes a Fault there
    """A job that cannot be done, with the status and code of the answer."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


FAULTS = (SyntaxError, JobFault, MemoryError, OSError, RuntimeError, ValueError)
"""What a job may raise; all else is a bug."""


def pack_fault(error: Exception) -> bytes:
    """Return the frame that tells the front of one of FAULTS.

    Raises:
        OSError: the front has gone.
    """
    if isinstance(error, BrokenPipeError | ConnectionResetError):
        raise error
    status, code, message = _explain(error)
    return pack(Frame.FAULT, json.dumps({"status": status, "code": code, "message": message}).encode())


def _explain(error: Exception) -> tuple[int, str, str]:
    message = str(error)
    if isinstance(error, JobFault):
        return error.status, error.code, message
    if isinstance(error, SyntaxError):
        return 400, "syntax-error", message
    if isinstance(error, MemoryError):
        return 503, "memory-limit", "the query needed more memory than this server gives to one"
    if isinstance(error, RuntimeError) and "not supported" in message:
        return 400, "not-supported", message
    if isinstance(error, ValueError):
        return 400, "bad-value", message
    if "Permission denied" in message or "service" in message.lower():
        return 403, "remote-refused", "the query reaches a remote address, which this server refuses"
    return 500, "engine-error", f"the store could not answer: {message}"
