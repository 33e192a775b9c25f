"""Which Phosphor icons the window ships, each in the weights that it uses."""

from collections.abc import Mapping
from typing import Final

# Icons with one meaning everywhere; these ship whether or not a screen shows them yet.
FIXED: Final = (
    "footprints lock-simple hand-palm record pause-circle hourglass-medium clock-countdown handshake "
    "fire trash archive gavel user-switch seal-warning scales eye-slash shield-check wifi-slash "
    "phone-incoming phone-outgoing envelope-simple file-text wrench receipt truck storefront package "
).split()

ICONS: Final[Mapping[str, tuple[str, ...]]] = {
    "archive": ("regular", "fill"),
    "arrow-clockwise": ("bold",),
    "arrow-counter-clockwise": ("regular",),
    "arrow-elbow-down-left": ("bold",),
    "bell": ("bold",),
    "calendar-blank": ("regular",),
    "caret-down": ("bold",),
    "caret-right": ("bold",),
    "check": ("regular", "bold"),
    "check-circle": ("regular", "fill"),
    "clock-countdown": ("regular", "bold", "fill"),
    "clock-counter-clockwise": ("regular",),
    "coffee": ("fill",),
    "command": ("regular",),
    "device-mobile": ("regular",),
    "dots-three": ("bold",),
    "envelope-simple": ("regular", "bold", "fill"),
    "eye": ("bold",),
    "eye-slash": ("regular", "fill"),
    "fast-forward": ("fill",),
    "file-text": ("regular", "fill"),
    "fire": ("regular", "bold", "fill"),
    "flag": ("bold",),
    "footprints": ("regular", "bold", "fill"),
    "gavel": ("regular", "fill"),
    "hand-palm": ("regular", "fill"),
    "handshake": ("regular", "fill"),
    "headset": ("regular", "fill"),
    "hourglass-medium": ("regular", "fill"),
    "kanban": ("bold",),
    "link-break": ("regular",),
    "link-simple": ("regular",),
    "list-checks": ("regular",),
    "lock-key": ("regular",),
    "lock-simple": ("regular", "bold", "fill"),
    "magnifying-glass": ("regular", "fill"),
    "package": ("regular", "fill"),
    "paper-plane-tilt": ("bold",),
    "pause": ("fill",),
    "pause-circle": ("regular", "fill"),
    "phone": ("regular",),
    "phone-call": ("fill",),
    "phone-incoming": ("regular", "fill"),
    "phone-outgoing": ("regular", "fill"),
    "phone-plus": ("regular",),
    "phone-transfer": ("fill",),
    "play": ("bold", "fill"),
    "quotes": ("fill",),
    "receipt": ("regular", "fill"),
    "record": ("regular", "fill"),
    "rewind": ("fill",),
    "scales": ("regular", "bold", "fill"),
    "seal-warning": ("regular", "fill"),
    "shield-check": ("regular", "fill"),
    "skip-back": ("fill",),
    "skip-forward": ("fill",),
    "star": ("bold",),
    "storefront": ("regular", "fill"),
    "table": ("regular",),
    "trash": ("regular", "fill"),
    "trend-up": ("bold",),
    "truck": ("regular", "fill"),
    "user": ("regular", "fill"),
    "user-focus": ("bold",),
    "user-plus": ("regular",),
    "user-switch": ("regular", "fill"),
    "users": ("bold",),
    "warning": ("fill",),
    "warning-circle": ("regular", "fill"),
    "warning-octagon": ("fill",),
    "waveform": ("fill",),
    "wifi-slash": ("regular", "bold", "fill"),
    "wrench": ("regular", "fill"),
    "x": ("bold",),
    "x-circle": ("fill",),
}


def file_name(icon: str, weight: str) -> str:
    """As upstream names its files."""
    return f"{icon}.svg" if weight == "regular" else f"{icon}-{weight}.svg"
