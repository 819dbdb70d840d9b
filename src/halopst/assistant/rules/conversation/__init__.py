"""What is said beside questions, and where: commands, picks, opinions, the sources under an answer."""
