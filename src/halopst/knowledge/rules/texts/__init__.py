"""The texts of an office: states, versions, blocks and passages, and what an editor is warned of."""
