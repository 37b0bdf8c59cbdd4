"""What admins read when something fails, and when it works again."""

from __future__ import annotations

from bot.reasons import reason
from bot.troubles import Trouble
from bot.words import words

_LONGEST = 300
"""Characters of a reason: servers may say anything."""


def told(trouble: Trouble, language: str) -> str:
    """The message, in plain words."""
    w = words(language)
    over = {
        "key": w.gettext("The language model at %(subject)s takes the key again."),
        "feed": w.gettext("The source works again: %(subject)s"),
        "disk": w.gettext("There is enough room on the disk again."),
        "backup": w.gettext("The backup was made again: %(subject)s"),
    }
    failing = {
        "key": w.gettext(
            "The language model %(reason)s at %(subject)s refuses the key. Answers quote the"
            " sources until it takes one: set the right key and start me again."
        ),
        "feed": w.gettext(
            "A source keeps failing: %(subject)s (%(reason)s). I go on trying, less and less often,"
            " and tell you when it works again. /sources lists them all."
        ),
        "disk": w.gettext(
            "The disk is nearly full: %(reason)s MB are left where my data lies. Ingests and"
            " backups may fail; please make room."
        ),
        "backup": w.gettext(
            "The backup to %(subject)s failed: %(reason)s. What was backed up before is still"
            " there; please try again."
        ),
    }
    text = over[trouble.kind] if trouble.over else failing[trouble.kind]
    why = reason(trouble.reason.strip().removesuffix("."), language)
    if len(why) > _LONGEST:
        why = why[:_LONGEST].rstrip() + "…"
    return text % {"subject": trouble.subject, "reason": why}
