"""Storage: the only room that speaks SQL. SQLite and PostgreSQL from one code, SQLAlchemy Core, no object mapper."""
