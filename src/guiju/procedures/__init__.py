"""Procedures: dealings under the law as cases; case types are data, run by a small pure interpreter."""
