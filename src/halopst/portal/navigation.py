from typing import Any

from django.http import HttpRequest


def navigation(_request: HttpRequest) -> dict[str, Any]:
    """What the frames show above and below a page; core cannot know the routes above it."""
    return {"nav_items": [], "dock_items": [], "rail_items": []}
