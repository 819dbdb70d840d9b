"""AIDA's help with a request: a reply is proposed, a finished answer made public."""
