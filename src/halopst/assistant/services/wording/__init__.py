"""An answer put into words by a language model, from numbered sources, checked."""
