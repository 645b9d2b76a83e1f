"""Where a practice is kept: SQLAlchemy Core over SQLite, behind ``app.domain.ports``."""
