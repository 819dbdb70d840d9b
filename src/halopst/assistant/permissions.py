VIEW = "assistant.view"  # conversations their visitors allowed the office to keep
CONFIGURE = "assistant.configure"  # where AIDA speaks for the office
IMPROVE = "assistant.improve"  # correct answers, draft what would answer questions alike
