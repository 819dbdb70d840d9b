"""`work` moves one's own consultations, `manage` also those of colleagues; `receive` greets at the door."""

VIEW = "consultations.view"
WORK = "consultations.work"
MANAGE = "consultations.manage"
RECEIVE = "consultations.receive"
