/* Lines of ballots to merged ballots: BLT, and Scottish profiles. What is not plain is left to Python. */

#include "machine.h"

typedef struct {
    const unsigned char *at, *end;
    int options;
    uint32_t stamp;
    uint32_t seen[OPTIONS_MAX + 1]; /* the line in which an option was named last */
} Reader;

static inline int is_digit(unsigned char c) { return (unsigned char)(c - '0') < 10; }

/* The whole number at the reader's place; its digits are at least one and at most 18, else NOT_MINE. */
static inline State number(Reader *r, uint64_t *found, size_t *digits) {
    const unsigned char *from = r->at;
    uint64_t value = 0;
    while (r->at < r->end && is_digit(*r->at)) {
        if (r->at - from == 18) return NOT_MINE;
        value = value * 10 + (*r->at++ - '0');
    }
    *digits = (size_t)(r->at - from);
    *found = value;
    return *digits ? FINE : NOT_MINE;
}

static inline void blanks(Reader *r) {
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t')) r->at++;
}

/* Whether the line ends here; then the reader stands behind its end. A comment ends it too where they are known. */
static inline int line_ends(Reader *r, int comments, State *state) {
    const unsigned char *p = r->at;
    if (comments && p < r->end && *p == '#') {
        /* Other letters could make the file one of another encoding: Python reads it then. */
        while (p < r->end && *p != '\n' && *p != '\r' && *p && *p < 128) p++;
        if (p < r->end && *p != '\n' && *p != '\r') { *state = NOT_MINE; return 1; }
    }
    if (p < r->end && *p == '\r') {
        p++;
        if (p == r->end || *p != '\n') { *state = NOT_MINE; return 1; }
    }
    if (p == r->end) { *state = NOT_MINE; return 1; } /* the ballots do not end as they should */
    if (*p != '\n') return 0;
    r->at = p + 1;
    return 1;
}

static inline State option(Reader *r, unsigned char *to) {
    uint64_t value;
    size_t digits;
    if (number(r, &value, &digits)) return NOT_MINE;
    if (value < 1 || value > (uint64_t)r->options || r->seen[value] == r->stamp) return NOT_MINE;
    r->seen[value] = r->stamp;
    *to = (unsigned char)value;
    return FINE;
}

/* One rank: an option, or several with `=` between them, put in order. */
static State rank(Reader *r, unsigned char *order, size_t *length) {
    unsigned char *first = order + *length;
    size_t count = 1;
    if (option(r, first)) return NOT_MINE;
    while (r->at < r->end && *r->at == '=') {
        unsigned char next;
        r->at++;
        if (option(r, &next)) return NOT_MINE;
        size_t place = count++;
        for (; place && first[2 * (place - 1)] > next; place--) first[2 * place] = first[2 * (place - 1)];
        first[2 * place] = next;
        first[2 * count - 3] = EQUAL;
    }
    *length += 2 * count - 1;
    return FINE;
}

/* One line of a BLT file. `*done` is set at the line 0, `*weight` is 0 for a line without a ballot. */
static State blt_line(Reader *r, unsigned char *order, size_t *length, uint64_t *weight, int *done) {
    State state = FINE;
    size_t digits;
    int marked = 0;
    *weight = 0;
    *length = 0;
    blanks(r);
    if (line_ends(r, 1, &state)) return state;
    if (*r->at == '(') { /* a paper's own mark, not kept */
        while (r->at < r->end && *r->at >= ' ' && *r->at < 127 && *r->at != ')' && *r->at != '#' && *r->at != '"') r->at++;
        if (r->at == r->end || *r->at != ')') return NOT_MINE;
        r->at++;
        blanks(r);
        marked = 1;
    }
    if (number(r, weight, &digits)) return NOT_MINE;
    if (r->at < r->end && *r->at == '=') return NOT_MINE;
    if (*weight == 0) {
        blanks(r);
        if (marked || digits != 1 || !line_ends(r, 1, &state)) return NOT_MINE;
        *done = 1;
        return state;
    }
    if (*weight > WEIGHT_MAX) return NOT_MINE;
    for (;;) {
        const unsigned char *before = r->at;
        blanks(r);
        if (r->at == r->end || r->at == before) return NOT_MINE;
        if (*r->at == '0') { /* it ends the ballot, or is none that I know */
            r->at++;
            blanks(r);
            return line_ends(r, 1, &state) ? state : NOT_MINE;
        }
        if (*r->at == '-') { /* a rank left out */
            r->at++;
            continue;
        }
        if (rank(r, order, length)) return NOT_MINE;
    }
}

/* One line of a Scottish profile: papers, then preferences, each with a comma after it. */
static State scottish_line(Reader *r, unsigned char *order, size_t *length, uint64_t *weight, int *done) {
    State state = FINE;
    size_t digits;
    *weight = 0;
    *length = 0;
    if (r->at < r->end && *r->at == '"') {
        *done = 1;
        return FINE;
    }
    if (line_ends(r, 0, &state)) return state;
    if (number(r, weight, &digits) || *weight < 1 || *weight > WEIGHT_MAX) return NOT_MINE;
    while (r->at < r->end && *r->at == ',') {
        r->at++;
        if (line_ends(r, 0, &state)) return state;
        if (option(r, order + *length)) return NOT_MINE;
        ++*length;
    }
    return line_ends(r, 0, &state) ? state : NOT_MINE;
}

static State read_all(Reader *r, Merged *m, int form, size_t *end, const unsigned char *base) {
    int done = 0;
    for (;;) {
        const unsigned char *line = r->at;
        size_t length;
        uint64_t weight;
        /* An option takes at least two bytes of text and at most two here. */
        size_t most = 2 * (size_t)r->options;
        State state = make_room(m, most);
        if (state) return state;
        if (!++r->stamp) return NOT_MINE;
        state = (form == BLT ? blt_line : scottish_line)(r, m->orders + m->tail, &length, &weight, &done);
        if (state) return state;
        if (r->at - line > LINE_MAX_BYTES) return NOT_MINE;
        if (done) {
            *end = (size_t)(line - base);
            return settle(m);
        }
        if (weight && (state = add(m, length, weight))) return state;
    }
}

PyObject *read_ballots(PyObject *self, PyObject *args) {
    Py_buffer data;
    Py_ssize_t start;
    int options, form;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*nii:read_ballots", &data, &start, &options, &form)) return NULL;
    PyObject *found = NULL;
    if (start < 0 || start > data.len || options < 1 || options > OPTIONS_MAX || (form != BLT && form != SCOTTISH)) {
        PyErr_SetString(PyExc_ValueError, "start, options or form is out of bounds");
    } else {
        uint64_t seed = seed_of_process();
        Merged m;
        State state;
        size_t end = 0;
        Py_BEGIN_ALLOW_THREADS
        Reader r;
        memset(&r, 0, sizeof r);
        r.at = (const unsigned char *)data.buf + start;
        r.end = (const unsigned char *)data.buf + data.len;
        r.options = options;
        state = begin(&m, seed);
        if (!state) state = read_all(&r, &m, form, &end, data.buf);
        Py_END_ALLOW_THREADS
        found = merged_ballots(&m, state, (Py_ssize_t)end);
    }
    PyBuffer_Release(&data);
    return found;
}
