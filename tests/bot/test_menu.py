"""The menus of commands are whole."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from telegram.ext import CommandHandler

from bot import application
from bot.access import Access
from bot.desk import Desk
from bot.menu import admin_menu, menu
from bot.store import People
from bot.words import LANGUAGES
from retrieval.engine import Engine
from tests.emulator import TOKEN

LEFT_OUT = {
    "start": "Telegram's own button sends it",
    "ask": "for groups; in private a question needs no command",
    "rollback": "needs a number, which /versions lists",
    "show": "takes a /hide back, which says so",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_command_stands_twice(language: str) -> None:
    """Neither in a menu nor in what admins see, which is both."""
    names = Counter(each.command for each in (*menu(language), *admin_menu(language)))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_command_is_in_a_menu_or_left_out_for_a_reason(sample: Engine) -> None:
    """And no menu promises one that there is not."""
    access = Access("open", (), People(sample.catalogue.engine))
    desk = Desk(sample, access, lambda: dt.datetime(2026, 1, 15, tzinfo=dt.UTC))
    try:
        app = application.build(TOKEN, "http://127.0.0.1:1", desk)
    finally:
        desk.close()
    handled = {
        name
        for group in app.handlers.values()
        for each in group
        if isinstance(each, CommandHandler)
        for name in each.commands
    }
    listed = {each.command for each in (*menu("en"), *admin_menu("en"))}
    assert handled == listed | set(LEFT_OUT)
    assert not listed & set(LEFT_OUT)
