VIEW = "audit.view"
