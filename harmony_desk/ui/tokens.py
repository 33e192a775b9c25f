"""The numbers of the visual design: colours by role for light and dark, type, density; no Qt here.

Sizes are logical pixels at 100 %. `PAIRS` says which text or part may stand on which background and
how much contrast that needs; tests/ui/test_tokens.py computes every one of them.
"""

from collections.abc import Mapping
from typing import Final

LIGHT: Final[Mapping[str, str]] = {
    "canvas": "#F4F2ED", "rail": "#ECE9E2", "surface": "#FFFFFF", "sunken": "#FAF9F6", "raised": "#FFFFFF",
    "hover": "#F3F1EB", "pressed": "#E9E6DE", "selected": "#E3EFF3", "selected_hover": "#D8E9EF",
    "line": "#E2DED5", "line_strong": "#84817A",
    "text": "#1B1E20", "text2": "#50534F", "text3": "#66685F", "disabled": "#8B8C85",
    "accent": "#0E5F7C", "accent_hover": "#0A4F68", "accent_pressed": "#083F54", "on_accent": "#FFFFFF",
    "accent_text": "#0B566F", "accent_soft": "#E1EEF3", "focus": "#0E5F7C",
    "ok": "#2B7A3B", "ok_text": "#1F6430", "ok_soft": "#E4F1E4",
    "warn": "#A15C00", "warn_text": "#7F4700", "warn_soft": "#FBEED6",
    "bad": "#BA2D22", "bad_text": "#9C2219", "bad_soft": "#FBE7E3",
    "trace": "#6A46B5", "trace_text": "#573699", "trace_soft": "#EEE8FA",
    "neutral_text": "#4A4D49", "neutral_soft": "#ECEAE3", "paper_desk": "#FAF9F6",
    "scrim": "#6B0F1B20", "shadow": "#1A2A30",
    "ink": "#0F2D38", "ink2": "#1B404D", "ink3": "#2A5361", "ink_text": "#FFFFFF", "ink_text2": "#B9CFD6",
    "ink_line": "#6B929F", "ink_edge": "#0F2D38", "ink_live": "#7BE0A3", "ink_warn": "#FFC861", "ink_rec": "#FF8A7A",
    "ink_trace": "#C4ADF5", "ink_agent": "#67C9E8", "ink_caller": "#F3B27A",
    "ink_btn": "#E6F1F4", "ink_btn_text": "#0F2D38",
}  # fmt: skip

DARK: Final[Mapping[str, str]] = {
    "canvas": "#121618", "rail": "#0E1214", "surface": "#1A1F22", "sunken": "#151A1C", "raised": "#22282C",
    "hover": "#22292C", "pressed": "#2A3236", "selected": "#20343F", "selected_hover": "#253B47",
    "line": "#2D3539", "line_strong": "#727D82",
    "text": "#EDF0F0", "text2": "#B4BDC0", "text3": "#9DA8AC", "disabled": "#6F7A7E",
    "accent": "#6CC3E0", "accent_hover": "#8BD2EA", "accent_pressed": "#A6DFF2", "on_accent": "#06222C",
    "accent_text": "#86CFE8", "accent_soft": "#15323D", "focus": "#8BD2EA",
    "ok": "#6CC583", "ok_text": "#86D49A", "ok_soft": "#16301E",
    "warn": "#E2A548", "warn_text": "#EDB865", "warn_soft": "#352711",
    "bad": "#F2857A", "bad_text": "#F79F95", "bad_soft": "#3C1D1A",
    "trace": "#B79BF0", "trace_text": "#C7B1F5", "trace_soft": "#2A2240",
    "neutral_text": "#C3CBCE", "neutral_soft": "#2A3135", "paper_desk": "#0D1012",
    "scrim": "#99000000", "shadow": "#000000",
    "ink": "#0B3340", "ink2": "#154655", "ink3": "#22596A", "ink_text": "#FFFFFF", "ink_text2": "#BFD6DD",
    "ink_line": "#6D95A2", "ink_edge": "#6D95A2", "ink_live": "#7BE0A3", "ink_warn": "#FFC861", "ink_rec": "#FF9A8C",
    "ink_trace": "#C4ADF5", "ink_agent": "#67C9E8", "ink_caller": "#F3B27A",
    "ink_btn": "#E6F1F4", "ink_btn_text": "#0B3340",
}  # fmt: skip

THEMES: Final = {"light": LIGHT, "dark": DARK}
# Eight digits are #AARRGGBB, as Qt reads them.
SHADOW_ALPHA: Final = {"light": 0.16, "dark": 0.42}

TEXT, PART = 4.5, 3.0
_GROUNDS = "canvas rail surface sunken raised hover pressed selected selected_hover".split()
# A control's edge never stands inside a chosen row that is under the pointer (2.8 in dark).
_EDGE_GROUNDS = [ground for ground in _GROUNDS if ground != "selected_hover"]
_STATES = ("ok", "warn", "bad", "trace")


def _pairs() -> list[tuple[str, str, float]]:
    roles = ("text", "text2", "text3", "accent_text", "neutral_text")
    pairs = [(role, ground, TEXT) for role in roles for ground in _GROUNDS]
    pairs += [(f"{state}_text", ground, TEXT) for state in _STATES for ground in _GROUNDS]
    pairs += [(f"{state}_text", f"{state}_soft", TEXT) for state in (*_STATES, "accent", "neutral")]
    pairs += [("text", f"{state}_soft", TEXT) for state in (*_STATES, "accent", "neutral")]
    pairs += [("text2", f"{state}_soft", TEXT) for state in (*_STATES, "accent", "neutral")]
    pairs += [("on_accent", fill, TEXT) for fill in ("accent", "accent_hover", "accent_pressed", "bad", "trace")]
    pairs += [(part, ground, PART) for part in ("accent", "focus", *_STATES) for ground in _GROUNDS]
    pairs += [("line_strong", ground, PART) for ground in _EDGE_GROUNDS]
    pairs += [(state, f"{state}_soft", PART) for state in (*_STATES, "accent")]
    # What is off needs no ratio by WCAG; ours is legible on the two grounds where fields and cards stand.
    pairs += [("disabled", ground, PART) for ground in ("surface", "sunken")]
    on_ink = "ink_text ink_text2 ink_live ink_warn ink_rec ink_trace ink_agent ink_caller".split()
    pairs += [(role, ground, TEXT) for role in on_ink for ground in ("ink", "ink2")]
    pairs += [(role, "ink3", TEXT) for role in ("ink_text", "ink_text2")]
    pairs += [("ink_line", ground, PART) for ground in ("ink", "ink2")]
    return [*pairs, ("ink_btn_text", "ink_btn", TEXT), ("ink", "ink_rec", TEXT)]


# Text or part, its background, the least ratio.
PAIRS: Final = tuple(_pairs())

FAMILY: Final = "IBM Plex Sans"
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600
# Style: size and line height in px, and the weight when none is asked for.
TYPE: Final[Mapping[str, tuple[int, int, int]]] = {
    "display": (26, 36, MEDIUM),
    "title": (20, 28, SEMIBOLD),
    "heading": (15, 22, SEMIBOLD),
    "card": (14, 20, SEMIBOLD),
    "body": (13, 20, REGULAR),
    "small": (12, 17, REGULAR),
    "key": (11, 18, MEDIUM),
}
TEXT_SIZES: Final = (90, 100, 110, 125, 150)

# What is measured: compact, normal, wide.
DENSITY: Final[Mapping[str, tuple[int, int, int]]] = {
    "row": (28, 34, 40),
    "row_two": (44, 48, 52),
    "item": (48, 54, 60),
    "item_three": (66, 74, 82),
    "control": (28, 32, 36),
    "control_small": (24, 26, 28),
}
DENSITIES: Final = ("compact", "normal", "wide")


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB, as WCAG 2.2 defines it."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The WCAG ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
