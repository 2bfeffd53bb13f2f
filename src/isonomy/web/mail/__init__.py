"""Mail: what members are told outside the pages.

Lives here: writing a mail in text and HTML, handing it over, and remembering to whom it went. Not here: what is said in it
(each app's templates), where mails go (`mail_settings`).

In short: `post("meetings/mail/notice", [Addressee(person, email)], context, key="notice mt-9")` of `post`; the templates
`mail/plain` take `organisation`, `subject`, `paragraphs`, `href`, `clause`.
"""
