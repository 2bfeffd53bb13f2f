"""Operators: health, backups and mail of the machine that carries an organisation, for those who keep its record."""
