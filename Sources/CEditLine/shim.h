#pragma once
// libedit's own interface: its imitation of readline writes beyond the end of long lines.
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>

// Swift 6 has no access to the C library's global streams.
static inline EditLine *lotse_el_init(const char *program) {
    return el_init(program, stdin, stdout, stderr);
}

// POSIX, which the C library declares on demand only.
extern int wcwidth(wchar_t character);

// Swift cannot call functions with a variable number of arguments.

static inline int lotse_el_set_prompt(EditLine *editor, char *(*prompt)(EditLine *)) {
    return el_set(editor, EL_PROMPT, prompt);
}

static inline int lotse_el_set_client_data(EditLine *editor, void *data) {
    return el_set(editor, EL_CLIENTDATA, data);
}

static inline void *lotse_el_client_data(EditLine *editor) {
    void *data = NULL;
    el_get(editor, EL_CLIENTDATA, &data);
    return data;
}

static inline int lotse_el_set_editor(EditLine *editor, const char *mode) {
    return el_set(editor, EL_EDITOR, mode);
}

static inline int lotse_el_bind(EditLine *editor, const char *key, const char *command) {
    return el_set(editor, EL_BIND, key, command, NULL);
}

static inline int lotse_el_set_unbuffered(EditLine *editor, int is_unbuffered) {
    return el_set(editor, EL_UNBUFFERED, is_unbuffered);
}

static inline int lotse_el_refresh(EditLine *editor) {
    return el_set(editor, EL_REFRESH);
}

static inline int lotse_el_set_history(EditLine *editor, History *past) {
    return el_set(editor, EL_HIST, history, past);
}

static inline int lotse_history_set_size(History *past, int size) {
    HistEvent event;
    return history(past, &event, H_SETSIZE, size);
}

static inline int lotse_history_enter(History *past, const char *line) {
    HistEvent event;
    return history(past, &event, H_ENTER, line);
}
