"""Design: the page all pages share, its styles, and the words that templates need.

Lives here: templates and static files of the frame, template tags. Not here: what any page is about.

Invariant: no inline script, no inline style; every colour is a token with its contrast computed in the tests.
"""
