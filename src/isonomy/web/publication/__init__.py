"""Pages of publication: what lies sealed and until when, papers before a meeting, closed sessions, what was published."""
