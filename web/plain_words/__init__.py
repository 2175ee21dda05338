"""How plain our own Polish texts are: long sentences, passive voice, words of offices."""
