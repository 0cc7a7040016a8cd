"""What things are called by."""

from __future__ import annotations

from typing import NewType

SourceId = NewType("SourceId", str)
RuleId = NewType("RuleId", str)
EntityId = NewType("EntityId", str)
ListId = NewType("ListId", str)
ChannelId = NewType("ChannelId", str)
ItemId = NewType("ItemId", int)
StoryId = NewType("StoryId", int)
DeliveryId = NewType("DeliveryId", int)
