"""Which Phosphor icons the window ships. Each comes in every weight: a state changes the weight, and an
icon that is there at rest may not be missing when it is chosen."""

from typing import Final

WEIGHTS: Final = ("regular", "bold", "fill")

# Icons with one meaning everywhere; these ship whether or not a screen shows them yet.
FIXED: Final = tuple(
    "footprints lock-simple hand-palm record pause-circle hourglass-medium clock-countdown handshake fire trash archive "
    "gavel user-switch seal-warning scales eye-slash shield-check wifi-slash phone-incoming phone-outgoing "
    "envelope-simple file-text wrench receipt truck storefront package".split()
)

ICONS: Final = frozenset(FIXED) | frozenset(
    "arrow-clockwise arrow-counter-clockwise arrow-elbow-down-left arrows-in-line-horizontal bell calendar-blank "
    "caret-down caret-right caret-up check check-circle clock-counter-clockwise coffee command device-mobile dots-three "
    "eye fast-forward flag headset info kanban link-break link-simple list-checks lock-key magnifying-glass "
    "paper-plane-tilt pause phone phone-call phone-plus phone-transfer play quotes rewind skip-back skip-forward star "
    "table trend-up user user-focus user-plus users warning warning-circle warning-octagon waveform x x-circle".split()
)


def file_name(icon: str, weight: str) -> str:
    """As upstream names its files."""
    return f"{icon}.svg" if weight == "regular" else f"{icon}-{weight}.svg"
