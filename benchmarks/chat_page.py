"""A chat with the bot as a page of HTML, as wide as a phone, and a picture of it."""

from __future__ import annotations

import base64
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.emulator import Call

WIDTH = 390
"""Pixels of a usual phone, before its screen doubles them."""

_TALLEST = 4000

_STYLE = """
:root { --ground: #d5e3d0; --bot: #fff; --me: #e6fdd2; --ink: #111; --faint: #667781;
  --line: #3a8ee6; --quote: #eef5fd; --key: #ffffffc0; }
.dark { --ground: #0e1621; --bot: #182533; --me: #2b5278; --ink: #f2f5f7; --faint: #9db0c0;
  --line: #64b1f2; --quote: #1f3346; --key: #2b3b4cc0; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.36 "Noto Sans", "DejaVu Sans", sans-serif; }
main { padding: 10px 8px 14px; width: 390px; }
.message { max-width: 350px; margin: 0 0 3px; padding: 7px 10px; border-radius: 13px;
  background: var(--bot); white-space: pre-wrap; overflow-wrap: anywhere; }
.me { margin-left: auto; background: var(--me); width: fit-content; margin-bottom: 8px; }
.bot { margin-top: 8px; }
.plain { width: fit-content; }
blockquote { margin: 4px 0; padding: 4px 8px; border-left: 3px solid var(--line);
  border-radius: 4px; background: var(--quote); white-space: pre-wrap; }
blockquote[expandable] { font-size: 14px; display: -webkit-box; -webkit-line-clamp: 3;
  -webkit-box-orient: vertical; overflow: hidden; padding-bottom: 0; }
a { color: var(--line); }
code { font-family: "DejaVu Sans Mono", monospace; font-size: 13px; }
.row { display: flex; gap: 3px; max-width: 350px; margin-bottom: 3px; }
.key { flex: 1 1 0; min-width: 0; padding: 8px 4px; border-radius: 8px; background: var(--key);
  text-align: center; font-size: 13.5px; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.photo { padding: 0; overflow: hidden; }
.photo img { display: block; width: 100%; }
.file { display: flex; gap: 10px; align-items: center; width: fit-content; }
.file b { display: grid; place-items: center; width: 42px; height: 42px; flex: none;
  border-radius: 50%; background: var(--line); color: #fff; font-size: 20px; font-weight: 400; }
.alert { max-width: 330px; margin: 8px auto; padding: 10px 14px; border-radius: 12px;
  background: #000c; color: #fff; text-align: center; font-size: 14px; }
"""


@dataclass(frozen=True)
class Bubble:
    """One message as it stands in the chat in the end: `html` as Telegram takes it."""

    html: str
    mine: bool = False
    keys: tuple[tuple[str, ...], ...] = ()
    pictures: tuple[bytes, ...] = ()
    file: str | None = None
    alert: bool = False


@dataclass
class Chat:
    """What a person sees of a chat, made of what they wrote and what the bot did since."""

    bubbles: list[Bubble] = field(default_factory=list)
    _places: dict[int, int] = field(default_factory=dict)

    def wrote(self, text: str) -> None:
        """They wrote or sent something."""
        self.bubbles.append(Bubble(html.escape(text), mine=True))

    def did(self, calls: Sequence[Call]) -> None:
        """The bot did something: messages, edits, files and alerts are seen."""
        for call in calls:
            if call.method == "sendMessage":
                self._places[call.message_id] = len(self.bubbles)
                self.bubbles.append(Bubble(_shown(call), keys=_keys(call)))
            elif call.method in {"editMessageText", "editMessageReplyMarkup"}:
                place = self._places[int(call.fields["message_id"])]
                edited = replace(self.bubbles[place], keys=_keys(call))
                if call.method == "editMessageText":
                    edited = replace(edited, html=_shown(call))
                self.bubbles[place] = edited
            elif call.method in {"sendPhoto", "sendMediaGroup"}:
                pictures = tuple(content for _, content in call.files)
                self.bubbles.append(Bubble(str(call.fields.get("caption", "")), pictures=pictures))
            elif call.method == "sendDocument":
                self.bubbles.append(Bubble("", file=call.files[0][0]))
            elif call.method == "answerCallbackQuery" and call.fields.get("text"):
                self.bubbles.append(Bubble(html.escape(str(call.fields["text"])), alert=True))

    def last_with(self, keys: str) -> int:
        """The number of the last message that has a button of that name."""
        numbers = {place: number for number, place in self._places.items()}
        for place in reversed(range(len(self.bubbles))):
            if any(key.startswith(keys) for row in self.bubbles[place].keys for key in row):
                return numbers[place]
        raise LookupError(f"no button {keys!r} in the chat")


def page(bubbles: Sequence[Bubble], *, dark: bool = False) -> str:
    """The page."""
    body = "\n".join(_bubble(each) for each in bubbles)
    theme = "dark" if dark else "light"
    return (
        f'<!doctype html><meta charset="utf-8"><style>{_STYLE}</style>'
        f'<body class="{theme}"><main>{body}</main></body>'
    )


def photograph(text: str, target: Path) -> None:
    """Save the page `text` as a PNG, cut below its last message.

    Raises `FileNotFoundError` where there is no Chromium, `CalledProcessError` where it fails.
    """
    from PIL import Image, ImageChops  # noqa: PLC0415 - matplotlib brings it

    chromium = shutil.which("chromium")
    if chromium is None:
        raise FileNotFoundError("there is no chromium; apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        source, taken = Path(folder) / "page.html", Path(folder) / "page.png"
        source.write_text(text, "utf-8")
        subprocess.run(  # noqa: S603 - our own page
            [
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
                "--force-device-scale-factor=2",
                f"--user-data-dir={folder}/profile",
                f"--window-size={WIDTH},{_TALLEST}",
                f"--screenshot={taken}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        with Image.open(taken) as picture:
            whole = picture.convert("RGB")
        ground = Image.new("RGB", whole.size, whole.getpixel((0, 0)))
        box = ImageChops.difference(whole, ground).getbbox()
        bottom = min(whole.height, (box[3] if box else whole.height) + 24)
        target.parent.mkdir(parents=True, exist_ok=True)
        cut = whole.crop((0, 0, 2 * WIDTH, bottom))
        # A palette keeps text sharp and the file a third as large.
        cut.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)


def _shown(call: Call) -> str:
    return call.html if call.fields.get("parse_mode") == "HTML" else html.escape(call.html)


def _keys(call: Call) -> tuple[tuple[str, ...], ...]:
    rows = (call.json("reply_markup") or {}).get("inline_keyboard", [])
    return tuple(tuple(button["text"] for button in row) for row in rows)


def _bubble(each: Bubble) -> str:
    if each.alert:
        return f'<div class="alert">{each.html}</div>'
    if each.pictures:
        pictures = "".join(
            f'<img src="data:image/png;base64,{base64.b64encode(content).decode()}">'
            for content in each.pictures
        )
        return f'<div class="message bot photo">{pictures}</div>'
    if each.file is not None:
        return f'<div class="message bot file"><b>↓</b><span>{html.escape(each.file)}</span></div>'
    kind = "me" if each.mine else "bot"
    rows = "".join(
        '<div class="row">'
        + "".join(f'<div class="key">{html.escape(key)}</div>' for key in row)
        + "</div>"
        for row in each.keys
    )
    # A quotation is a block of its own: the line breaks around it show no empty lines.
    text = re.sub(r"\n?(<blockquote[^>]*>)", r"\1", each.html).replace(
        "</blockquote>\n", "</blockquote>"
    )
    return f'<div class="message {kind}">{text}</div>{rows}'
