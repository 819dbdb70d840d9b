"""What may be done with an office's texts. Those of all offices belong to the head office."""

VIEW = "knowledge.view"
WRITE = "knowledge.write"
PUBLISH = "knowledge.publish"
