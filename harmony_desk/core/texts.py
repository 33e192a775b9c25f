"""Texts for people, through gettext: `_("English sentence")` gives the Dutch one."""

import gettext


def _(message: str) -> str:
    return gettext.dgettext("harmony_desk", message)
