"""Programs that must not outlive the one that started them."""

import ctypes
import signal
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
# Looked up here: between fork and exec nothing may be loaded.
_libc = ctypes.CDLL(None)


def ends_with_parent(how: signal.Signals) -> Callable[[], None]:
    """For subprocess's `preexec_fn`: Linux sends the child this signal when we die, however we die.

    "We" is the thread that starts it: start such a child from the main thread only.
    It also gives the child back the signals that we hold up for ourselves.
    """

    def prepare_child() -> None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(how))
        signal.pthread_sigmask(signal.SIG_SETMASK, ())

    return prepare_child
