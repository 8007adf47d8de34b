/* The least that sending webhooks can be: libcurl posts the same body again and again, so many at a time. No store, no
 * signature, no sequence. The benchmark measures Lotse's deliveries beside it; both send to the same sink, which is here, too.
 *
 * Usage: BareHook sink PORT
 *        BareHook send URL COUNT UNDERWAY BYTES
 * The sink answers every request with 204 and ends with standard input.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PEERS = 1024, ROOM = 65536 };

static struct peer { size_t got; char in[ROOM]; } peers[PEERS];
static struct pollfd fds[PEERS];

/* How many bytes the first request takes; 0 while it is not all there. */
static size_t request(char *bytes, size_t count) {
    bytes[count] = 0;
    char *end = strstr(bytes, "\r\n\r\n");
    if (!end) return 0;
    size_t length = 0;
    for (char *line = bytes; line < end; line = strstr(line, "\r\n") + 2)
        if (strncasecmp(line, "content-length:", 15) == 0) length = (size_t)atol(line + 15);
    size_t whole = (size_t)(end + 4 - bytes) + length;
    return whole <= count ? whole : 0;
}

static void hear(int i) {
    static const char answer[] = "HTTP/1.1 204 No Content\r\n\r\n";
    struct peer *peer = &peers[i];
    ssize_t count = read(fds[i].fd, peer->in + peer->got, ROOM - 1 - peer->got);
    if (count <= 0) {
        close(fds[i].fd);
        fds[i].fd = -1;
        peer->got = 0;
        return;
    }
    peer->got += (size_t)count;
    for (size_t taken; (taken = request(peer->in, peer->got)); peer->got -= taken) {
        if (write(fds[i].fd, answer, sizeof answer - 1) < 0) perror("BareHook");
        memmove(peer->in, peer->in + taken, peer->got - taken);
    }
}

static int take(int listener) {
    int socket = accept(listener, NULL, NULL), one = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return socket;
}

static int sink(int port) {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((in_port_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, PEERS)) return 1;
    fds[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
    fds[1] = (struct pollfd){.fd = listener, .events = POLLIN};
    int count = 2;
    while (poll(fds, (nfds_t)count, -1) >= 0 && !fds[0].revents) {
        for (int i = 2; i < count; i++)
            if (fds[i].revents) hear(i);
        if (!fds[1].revents) continue;
        int free = 2;
        while (free < count && fds[free].fd >= 0) free++;
        if (free == PEERS) continue;
        fds[free] = (struct pollfd){.fd = take(listener), .events = POLLIN};
        if (free == count) count++;
    }
    return 0;
}

static size_t ignore(char *bytes, size_t size, size_t count, void *own) {
    (void)bytes, (void)own;
    return size * count;
}

static int send_all(const char *url, long count, long under_way, long bytes) {
    CURLM *multi = curl_multi_init();
    char *body = malloc((size_t)bytes + 1);
    memset(body, 'a', (size_t)bytes);
    body[bytes] = 0;
    struct curl_slist *headers = curl_slist_append(NULL, "content-type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, 512L);
    long sent = 0, done = 0, failed = 0;
    for (; sent < under_way && sent < count; sent++) {
        CURL *easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_URL, url);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, bytes);
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
        curl_multi_add_handle(multi, easy);
    }
    while (done < count) {
        int running, left;
        curl_multi_perform(multi, &running);
        for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
            if (message->msg != CURLMSG_DONE) continue;
            CURL *easy = message->easy_handle;
            if (message->data.result != CURLE_OK) failed++;
            done++;
            curl_multi_remove_handle(multi, easy);
            if (sent++ < count) curl_multi_add_handle(multi, easy);
            else curl_easy_cleanup(easy);
        }
        curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    curl_multi_cleanup(multi);
    return failed ? 1 : 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "sink") == 0) return sink(atoi(argv[2]));
    if (argc != 6) return 2;
    return send_all(argv[2], atol(argv[3]), atol(argv[4]), atol(argv[5]));
}
