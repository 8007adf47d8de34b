#pragma once

// What valgrind's callgrind is told by the program that it runs; nothing happens outside of it, or where its header is not
// installed.
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>

static inline void callgrind_begin(void) {
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
}

static inline void callgrind_end(const char *name) {
    CALLGRIND_DUMP_STATS_AT(name);
    CALLGRIND_STOP_INSTRUMENTATION;
}

static inline int callgrind_is_running(void) {
    return RUNNING_ON_VALGRIND;
}
#else
static inline void callgrind_begin(void) {}
static inline void callgrind_end(const char *name) { (void)name; }
static inline int callgrind_is_running(void) { return 0; }
#endif
