"""A question answered without a model: by the desk, by figures, by texts, and what to do next."""
