from halopst.core.actors import Actor

VIEW = "scheduling.view"
MANAGE = "scheduling.manage"


def may_edit(actor: Actor, *, user_id: int, unit_id: int) -> bool:
    """Whether `actor` keeps the profile and hours of the expert who is `user_id` in that office.

    An expert does so only while holding a role in the office.
    """
    is_self = actor.user_id == user_id and actor.may(VIEW, unit_id)
    return is_self or actor.may(MANAGE, unit_id)
