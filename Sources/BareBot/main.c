/* The least that a bot which loses nothing can do: it reads lines, writes each to SQLite in a transaction of its own,
 * synced at commit, and acknowledges it. No guide, no session, no language. The benchmark measures Lotse beside it.
 *
 * Usage: bare-bot FILE < LINES
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(sqlite3 *db, int code, int wanted) {
    if (code == wanted) return;
    fprintf(stderr, "bare-bot: %s\n", sqlite3_errmsg(db));
    exit(1);
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    sqlite3 *db;
    check(NULL, sqlite3_open(argv[1], &db), SQLITE_OK);
    check(db,
          sqlite3_exec(db,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "CREATE TABLE IF NOT EXISTS lines (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
                       NULL, NULL, NULL),
          SQLITE_OK);
    sqlite3_stmt *insert;
    check(db, sqlite3_prepare_v2(db, "INSERT INTO lines (text) VALUES (?)", -1, &insert, NULL), SQLITE_OK);
    char line[65536];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        check(db, sqlite3_bind_text(insert, 1, line, -1, SQLITE_STATIC), SQLITE_OK);
        check(db, sqlite3_step(insert), SQLITE_DONE);
        check(db, sqlite3_reset(insert), SQLITE_OK);
        printf("%lld noted.\n", (long long)sqlite3_last_insert_rowid(db));
        fflush(stdout);
    }
    sqlite3_finalize(insert);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
