"""What may be done with an office's texts and figures. Those of all offices belong to the head office."""

VIEW = "knowledge.view"
WRITE = "knowledge.write"
PUBLISH = "knowledge.publish"
DATA = "knowledge.data"
CONFIGURE = "knowledge.configure"
