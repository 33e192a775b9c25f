"""libVLC: found or not, whole or not, and what it says when there is no loudspeaker (audio.md, 2).

A missing library, missing plugins and a missing device are three things with three remedies.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Final

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

# The person's own settings of VLC do not count: one of them writes sound to a file.
_OPTIONS: Final = ("--no-video", "--quiet", "--ignore-config", "--no-osd", "--no-spu", "--no-lua", "--no-media-library")
_FORBIDDEN: Final = ("afile", "--sout")
_ALSA_HANDLER: Final = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)


class NoSound(UserError):
    """Nothing can be heard on this machine; the code says which of no_library, no_plugins, no_device."""


def no_device() -> NoSound:
    return NoSound(
        _("No loudspeaker or headset was found. Connect one and choose it in the sound settings."), code="no_device"
    )


def library() -> ModuleType:
    """The module vlc, with a libVLC behind it. Raises NoSound."""
    missing = NoSound(
        _("To play recordings, install VLC (on Debian: the packages libvlc5 and vlc-plugin-base)."), code="no_library"
    )
    try:
        # Imported here: it takes 35 ms and is not needed before the first recording is played. It ends the
        # process when PYTHON_VLC_LIB_PATH is wrong, and is content with no library at all.
        import vlc

        vlc.libvlc_get_version()
    except (Exception, SystemExit):
        raise missing from None
    return vlc  # type: ignore[no-any-return]


def instance(options: Sequence[str] = ()) -> Any:
    """A libVLC that plays sound from memory and writes none. `options`: for tests, such as `--aout=adummy`.

    Raises NoSound.
    """
    if any(word in option for option in options for word in _FORBIDDEN):
        raise ValueError("sound is never written to a file")
    vlc = library()
    _quiet_alsa()
    made = vlc.Instance(*_OPTIONS, *options)
    if made is None:
        raise NoSound(
            _("VLC is there without its parts for sound. Install them (on Debian: the package vlc-plugin-base)."),
            code="no_plugins",
        )
    return made


_kept: list[object] = []


def _quiet_alsa() -> None:
    """Without a device ALSA writes 190 lines a second to standard error; the handler must live as long as we."""
    if _kept or not sys.platform.startswith("linux"):
        return
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:
        return
    handler = _ALSA_HANDLER(lambda *_arguments: None)
    alsa.snd_lib_error_set_handler(handler)
    _kept.append(handler)
