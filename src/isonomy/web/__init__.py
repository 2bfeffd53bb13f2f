"""Web: the organisation in the browser; what a person touches.

Lives here: one Django app for each thing a member comes for, the design they share, and the two narrow roads to
the record: `organisation` (reading the state, sending acts) and `desk` (a form becomes an act, an answer becomes a
page). Not here: any rule (`engine`), any other way to write (`chamber`), the words of minutes and sheets
(`documents`).

Invariant: authorisation is the engine's verdict. A view renders state, projections and the engine's answers; it
holds no permission table, and what it hands in bears the name of the member who is signed in, of nobody else.
"""
