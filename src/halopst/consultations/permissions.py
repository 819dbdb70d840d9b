"""`work` moves one's own consultations, `manage` also those of colleagues.

`receive` greets at the door, `configure` sets the rules of the office.
"""

VIEW = "consultations.view"
WORK = "consultations.work"
MANAGE = "consultations.manage"
RECEIVE = "consultations.receive"
CONFIGURE = "consultations.configure"
