VIEW = "assistant.view"  # conversations their visitors allowed the office to keep, and how well AIDA answers
CONFIGURE = "assistant.configure"  # where AIDA speaks for the office, her test, and what words her answers
IMPROVE = "assistant.improve"  # correct answers, draft what would answer questions alike
