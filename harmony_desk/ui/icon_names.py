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
    "archive": ("regular", "bold", "fill"),
    "arrow-clockwise": ("regular", "bold", "fill"),
    "arrow-counter-clockwise": ("regular", "bold", "fill"),
    "arrow-elbow-down-left": ("regular", "bold", "fill"),
    "arrows-in-line-horizontal": ("regular", "bold", "fill"),
    "bell": ("regular", "bold", "fill"),
    "calendar-blank": ("regular", "bold", "fill"),
    "caret-down": ("regular", "bold", "fill"),
    "caret-right": ("regular", "bold", "fill"),
    "caret-up": ("regular", "bold", "fill"),
    "check": ("regular", "bold", "fill"),
    "check-circle": ("regular", "bold", "fill"),
    "clock-countdown": ("regular", "bold", "fill"),
    "clock-counter-clockwise": ("regular", "bold", "fill"),
    "coffee": ("regular", "bold", "fill"),
    "command": ("regular", "bold", "fill"),
    "device-mobile": ("regular", "bold", "fill"),
    "dots-three": ("regular", "bold", "fill"),
    "envelope-simple": ("regular", "bold", "fill"),
    "eye": ("regular", "bold", "fill"),
    "eye-slash": ("regular", "bold", "fill"),
    "fast-forward": ("regular", "bold", "fill"),
    "file-text": ("regular", "bold", "fill"),
    "fire": ("regular", "bold", "fill"),
    "flag": ("regular", "bold", "fill"),
    "footprints": ("regular", "bold", "fill"),
    "gavel": ("regular", "bold", "fill"),
    "hand-palm": ("regular", "bold", "fill"),
    "handshake": ("regular", "bold", "fill"),
    "headset": ("regular", "bold", "fill"),
    "hourglass-medium": ("regular", "bold", "fill"),
    "info": ("regular", "bold", "fill"),
    "kanban": ("regular", "bold", "fill"),
    "link-break": ("regular", "bold", "fill"),
    "link-simple": ("regular", "bold", "fill"),
    "list-checks": ("regular", "bold", "fill"),
    "lock-key": ("regular", "bold", "fill"),
    "lock-simple": ("regular", "bold", "fill"),
    "magnifying-glass": ("regular", "bold", "fill"),
    "package": ("regular", "bold", "fill"),
    "paper-plane-tilt": ("regular", "bold", "fill"),
    "pause": ("regular", "bold", "fill"),
    "pause-circle": ("regular", "bold", "fill"),
    "phone": ("regular", "bold", "fill"),
    "phone-call": ("regular", "bold", "fill"),
    "phone-incoming": ("regular", "bold", "fill"),
    "phone-outgoing": ("regular", "bold", "fill"),
    "phone-plus": ("regular", "bold", "fill"),
    "phone-transfer": ("regular", "bold", "fill"),
    "play": ("regular", "bold", "fill"),
    "quotes": ("regular", "bold", "fill"),
    "receipt": ("regular", "bold", "fill"),
    "record": ("regular", "bold", "fill"),
    "rewind": ("regular", "bold", "fill"),
    "scales": ("regular", "bold", "fill"),
    "seal-warning": ("regular", "bold", "fill"),
    "shield-check": ("regular", "bold", "fill"),
    "skip-back": ("regular", "bold", "fill"),
    "skip-forward": ("regular", "bold", "fill"),
    "star": ("regular", "bold", "fill"),
    "storefront": ("regular", "bold", "fill"),
    "table": ("regular", "bold", "fill"),
    "trash": ("regular", "bold", "fill"),
    "trend-up": ("regular", "bold", "fill"),
    "truck": ("regular", "bold", "fill"),
    "user": ("regular", "bold", "fill"),
    "user-focus": ("regular", "bold", "fill"),
    "user-plus": ("regular", "bold", "fill"),
    "user-switch": ("regular", "bold", "fill"),
    "users": ("regular", "bold", "fill"),
    "warning": ("regular", "bold", "fill"),
    "warning-circle": ("regular", "bold", "fill"),
    "warning-octagon": ("regular", "bold", "fill"),
    "waveform": ("regular", "bold", "fill"),
    "wifi-slash": ("regular", "bold", "fill"),
    "wrench": ("regular", "bold", "fill"),
    "x": ("regular", "bold", "fill"),
    "x-circle": ("regular", "bold", "fill"),
}


def file_name(icon: str, weight: str) -> str:
    """As upstream names its files."""
    return f"{icon}.svg" if weight == "regular" else f"{icon}-{weight}.svg"
