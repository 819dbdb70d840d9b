"""Conversations on the page, over WhatsApp and with programs: asked, kept, judged, handed over, forgotten."""
