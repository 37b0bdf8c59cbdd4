"""People: console, Telegram, settings, words."""
