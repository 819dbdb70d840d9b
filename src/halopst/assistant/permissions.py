VIEW = "assistant.view"  # conversations their visitors allowed the office to keep
