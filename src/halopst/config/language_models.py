"""The models of language of this installation, from HALOPST_MODEL_* and, as the second, HALOPST_MODEL_2_*."""

from environ import Env

PREFIXES = ("HALOPST_MODEL", "HALOPST_MODEL_2", "HALOPST_MODEL_3")


def language_models(env: Env) -> list[dict[str, str]]:
    """Those with an id, in the order they are asked; what is wrong with one, `halopst check` says."""
    return [
        {
            "name": prefix,
            "model": env.str(f"{prefix}_ID"),
            "address": env.str(f"{prefix}_URL", default=""),
            "key": env.str(f"{prefix}_KEY", default=""),
            "kind": env.str(f"{prefix}_KIND", default="openai"),
            "shape": env.str(f"{prefix}_SHAPE", default="tool"),
        }
        for prefix in PREFIXES
        if env.str(f"{prefix}_ID", default="")
    ]
