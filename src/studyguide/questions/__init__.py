"""The room of the questions: what an item is made of, its scoring, hand-in codes, checking, collecting and tallying."""
