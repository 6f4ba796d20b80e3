"""What a worker may not do: outlive the server, eat the memory, open a socket."""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
import struct

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2
_ALLOW = 0x7FFF0000
_ERRNO_EACCES = 0x00050000 | 13
# Audit architecture, and the numbers of the system calls socket and connect.
_CALLS = {"x86_64": (0xC000003E, (41, 42)), "aarch64": (0xC00000B7, (198, 203))}
_LOAD_ARCHITECTURE = (0x20, 0, 0, 4)
_LOAD_CALL = (0x20, 0, 0, 0)
_JUMP_IF_EQUAL = 0x15
_RETURN = 0x06


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def die_with_parent() -> None:
    """Ask the kernel to kill this process when the one that made it dies."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0)


def limit_memory(most_bytes: int) -> None:
    """Let this process hold at most so many bytes of its own memory; past that its allocations fail."""
    if most_bytes > 0:
        resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def forbid_network() -> bool:
    """Make socket() and connect() fail in this process for good; False where the platform has no such filter."""
    machine = platform.machine()
    if machine not in _CALLS or platform.system() != "Linux":
        return False
    architecture, calls = _CALLS[machine]
    steps = [_LOAD_ARCHITECTURE, (_JUMP_IF_EQUAL, 0, len(calls) + 2, architecture), _LOAD_CALL]
    for index, call in enumerate(calls):
        steps.append((_JUMP_IF_EQUAL, len(calls) - index, 0, call))
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _ERRNO_EACCES)]
    packed = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    if _prctl(_PR_SET_NO_NEW_PRIVS, 1, 0) != 0:
        return False
    return _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(program)) == 0


def _prctl(option: int, first: int, second: int) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    zero = ctypes.c_ulong(0)
    return int(library.prctl(option, ctypes.c_ulong(first), ctypes.c_ulong(second), zero, zero))
