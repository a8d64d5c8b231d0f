"""The steps that bring a server's database up to date, run by Alembic."""
