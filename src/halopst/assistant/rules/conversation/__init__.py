"""Messages beside questions: commands, choices, feedback, and the sources under an answer."""
