"""Words as people type them and as texts write them: tokens, stems, slips, shorthand, synonyms."""
