"""Who is « il »? Names, roles and pronouns of an article linked to its speakers."""
