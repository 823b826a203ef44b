"""The pages of a case, for both sides: what happened, what runs, what can be done now; and the forms of acts."""
