/* The least that a bot which loses nothing can do: it listens, writes each line to SQLite, synced at commit, and
 * acknowledges it after that. No guide, no session, no language. The benchmark measures Lotse beside it.
 *
 * Usage: bare-bot FILE PORT alone|together
 * `alone` commits each line by itself; `together` commits what has arrived meanwhile as one. Ends with standard input.
 */
#include <arpa/inet.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PEERS = 256, ROOM = 65536 };

/* Somebody who is connected: what came and is no whole line yet, and what is to be sent after the commit. */
static struct peer { size_t got, out; char in[ROOM], reply[ROOM]; } peers[PEERS];
static struct pollfd fds[PEERS];
static sqlite3 *db;
static sqlite3_stmt *insert;

static void check(int code, int wanted) {
    if (code == wanted) return;
    fprintf(stderr, "bare-bot: %s\n", db ? sqlite3_errmsg(db) : strerror(code));
    exit(1);
}

static void execute(const char *sql) { check(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK); }

static void answer(int i) {
    if (peers[i].out && write(fds[i].fd, peers[i].reply, peers[i].out) < 0) perror("bare-bot");
    peers[i].out = 0;
}

/* PRIVMSG #room :+ text */
static void take(int i, char *line) {
    char *text = strstr(line, " :+ ");
    if (!text || strncmp(line, "PRIVMSG ", 8) != 0) return;
    *text = 0;
    check(sqlite3_bind_text(insert, 1, line + 8, -1, SQLITE_STATIC), SQLITE_OK);
    check(sqlite3_bind_text(insert, 2, text + 4, -1, SQLITE_STATIC), SQLITE_OK);
    check(sqlite3_step(insert), SQLITE_DONE);
    check(sqlite3_reset(insert), SQLITE_OK);
    peers[i].out += (size_t)snprintf(peers[i].reply + peers[i].out, ROOM - peers[i].out,
                                     ":bot NOTICE %s :B%lld notiert.\r\n", line + 8,
                                     (long long)sqlite3_last_insert_rowid(db));
}

static void hear(int i, int alone) {
    struct peer *peer = &peers[i];
    ssize_t count = read(fds[i].fd, peer->in + peer->got, ROOM - 1 - peer->got);
    if (count <= 0) {
        close(fds[i].fd);
        fds[i].fd = -1;
        return;
    }
    peer->got += (size_t)count;
    peer->in[peer->got] = 0;
    char *line = peer->in, *end;
    while ((end = strstr(line, "\r\n"))) {
        *end = 0;
        take(i, line);
        if (alone) answer(i);
        line = end + 2;
    }
    peer->got -= (size_t)(line - peer->in);
    memmove(peer->in, line, peer->got);
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    int alone = strcmp(argv[3], "alone") == 0;
    check(sqlite3_open(argv[1], &db), SQLITE_OK);
    execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE IF NOT EXISTS lines (id INTEGER PRIMARY KEY, room TEXT NOT NULL, text TEXT NOT NULL)");
    check(sqlite3_prepare_v2(db, "INSERT INTO lines (room, text) VALUES (?, ?)", -1, &insert, NULL), SQLITE_OK);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((in_port_t)atoi(argv[2]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, PEERS)) return 1;
    fds[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    fds[1] = (struct pollfd){.fd = listener, .events = POLLIN};
    int count = 2;
    while (poll(fds, (nfds_t)count, -1) >= 0 && !fds[0].revents) {
        if (fds[1].revents && count < PEERS) fds[count++] = (struct pollfd){accept(listener, NULL, NULL), POLLIN, 0};
        if (!alone) execute("BEGIN");
        for (int i = 2; i < count; i++)
            if (fds[i].revents) hear(i, alone);
        if (!alone) execute("COMMIT");
        for (int i = 2; i < count; i++) answer(i);
    }
    sqlite3_finalize(insert);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 1;
}
