"""Takes what was erased out of SQLite's files as well: out of the write-ahead log and of full-text indexes."""

from sqlalchemy import Engine, text

FULL_TEXT = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"


def scrub(engine: Engine) -> bool:
    """Empty the write-ahead log after rewriting the indexes; False where a reader still holds on to it.

    Deleted rows have been overwritten already (`secure_delete`). PostgreSQL does the same by itself with VACUUM and
    the recycling of its log, at times of its own.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        # an index keeps deleted words until its parts are merged
        for name in connection.scalars(text(FULL_TEXT)).all():
            quoted = name.replace('"', '""')
            if connection.scalar(text(f"SELECT v FROM \"{quoted}_config\" WHERE k = 'secure-delete'")):  # noqa: S608  the same
                continue
            connection.exec_driver_sql(f'INSERT INTO "{quoted}"("{quoted}") VALUES (\'optimize\')')  # noqa: S608  a name of our schema
    driver = engine.raw_connection()
    try:
        (busy, _frames, _moved) = driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        driver.close()
    return not busy
