"""A text of the office: its life, its versions, its blocks and passages, what an editor is told of."""
