"""The colours keep the contrast that the visual design promises."""

import pytest

from harmony_desk.ui import tokens

# Role: ratio against surface, then the lowest where it may stand; light and dark, as documented.
DOCUMENTED = {
    "line_strong": ((3.9, 3.1), (3.9, 3.0)),
    "text": ((16.8, 13.4), (14.5, 10.2)),
    "text2": ((7.8, 6.2), (8.7, 6.1)),
    "text3": ((5.7, 4.5), (6.8, 4.8)),
    "accent_text": ((8.2, 6.5), (9.6, 6.7)),
    "ok_text": ((7.2, 5.7), (9.4, 6.6)),
    "warn_text": ((7.5, 6.0), (9.2, 6.5)),
    "bad_text": ((7.9, 6.3), (8.2, 5.8)),
    "trace_text": ((8.8, 7.0), (8.7, 6.1)),
    "accent": ((7.1, 5.7), (8.3, 5.8)),
    "focus": ((7.1, 5.7), (9.9, 6.9)),
}
ON_INK = {
    "ink_text": ((14.5, 11.1), (13.4, 10.3)),
    "ink_text2": ((8.9, 6.9), (8.9, 6.8)),
    "ink_line": ((4.3, 3.3), (4.1, 3.2)),
    "ink_live": ((9.0, 6.9), (8.3, 6.3)),
    "ink_warn": ((9.4, 7.2), (8.8, 6.7)),
    "ink_rec": ((6.3, 4.9), (6.6, 5.0)),
    "ink_trace": ((7.3, 5.6), (6.8, 5.2)),
    "ink_agent": ((7.6, 5.8), (7.1, 5.4)),
    "ink_caller": ((7.9, 6.0), (7.3, 5.6)),
}
# A documented ratio has one decimal.
ROUNDING = 0.05


def test_the_formula_is_that_of_wcag() -> None:
    assert tokens.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert tokens.contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert tokens.contrast("#0E5F7C", "#0E5F7C") == 1


@pytest.mark.parametrize("theme", tokens.THEMES)
def test_every_pair_has_the_contrast_it_needs(theme: str) -> None:
    colours = tokens.THEMES[theme]

    short = {
        f"{role} on {ground}": round(ratio, 2)
        for role, ground, least in tokens.PAIRS
        if (ratio := tokens.contrast(colours[role], colours[ground])) < least
    }

    assert len(tokens.PAIRS) > 150
    assert short == {}


@pytest.mark.parametrize("theme", tokens.THEMES)
@pytest.mark.parametrize(("documented", "home"), [(DOCUMENTED, "surface"), (ON_INK, "ink")])
def test_no_ratio_falls_below_what_is_documented(
    theme: str, documented: dict[str, tuple[tuple[float, float], ...]], home: str
) -> None:
    colours, place = tokens.THEMES[theme], list(tokens.THEMES).index(theme)

    for role, ratios in documented.items():
        at_home, lowest = ratios[place]
        grounds = [ground for name, ground, _least in tokens.PAIRS if name == role and not ground.endswith("_soft")]
        grounds = [ground for ground in grounds if ground != "ink3"]
        assert tokens.contrast(colours[role], colours[home]) >= at_home - ROUNDING, role
        assert min(tokens.contrast(colours[role], colours[ground]) for ground in grounds) >= lowest - ROUNDING, role


def test_both_themes_know_the_same_roles() -> None:
    assert set(tokens.LIGHT) == set(tokens.DARK)


def test_a_row_is_higher_when_it_is_wider_set() -> None:
    assert all(compact < normal < wide for compact, normal, wide in tokens.DENSITY.values())
