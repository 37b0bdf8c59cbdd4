"""What Telegram tells of groups and their members."""

from __future__ import annotations

from typing import Any

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)
_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


def group(number: int, title: str) -> dict[str, Any]:
    """As `getChat` gives one."""
    return {
        "id": number,
        "type": "supergroup",
        "title": title,
        "accent_color_id": 0,
        "max_reaction_count": 0,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


def member(user_id: int, status: str) -> dict[str, Any]:
    """As `getChatMember` gives one: an administrator, a member, or somebody who has left."""
    return {
        "status": status,
        "user": {"id": user_id, "is_bot": False, "first_name": "P"},
        **(dict.fromkeys(_RIGHTS, False) if status == "administrator" else {}),
    }
