"""`view` reads letters, `issue` makes and moves them, `manage` keeps templates, numbers and signatories."""

VIEW = "letters.view"
ISSUE = "letters.issue"
MANAGE = "letters.manage"
