VIEW = "assistant.view"  # conversations their visitors allowed the office to keep
CONFIGURE = "assistant.configure"  # where AIDA speaks for the office
