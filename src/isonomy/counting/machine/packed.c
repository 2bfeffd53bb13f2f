/* Packed ballots: their bounds, and what a reader of a packed file has to look at. */

#include "machine.h"

/* Takes both runs; false with an exception set when they cannot be ballots. */
int take(Packed *p) {
    p->weight = p->weights.buf;
    p->order = p->orders.buf;
    p->count = (size_t)p->weights.len / 8;
    p->length = (size_t)p->orders.len;
    if (p->weights.len % 8 == 0 && p->count <= RUN_MAX && p->length <= RUN_MAX && (p->count || !p->length)) return 1;
    PyErr_SetString(PyExc_ValueError, "the weights and orders are not those of ballots");
    return 0;
}

void release(Packed *p) { PyBuffer_Release(&p->weights); PyBuffer_Release(&p->orders); }

/* Whether every option exists and stands on a ballot once, where no rank has several: without a branch for each byte. */
static State check_strict(const Packed *p, unsigned options) {
    uint32_t seen[256] = {0}, stamp = 1, wrong = 0;
    for (size_t i = 0; i < p->length; i++) {
        unsigned here = p->order[i];
        wrong |= (uint32_t)(here > options) | ((uint32_t)(seen[here] == stamp) & (uint32_t)(here != 0));
        seen[here] = stamp;
        stamp += here == 0;
    }
    return wrong || stamp != p->count ? NOT_MINE : FINE;
}

static State check_equal(const Packed *p, unsigned options) {
    uint32_t seen[256] = {0}, stamp = 1;
    unsigned before = 0;
    for (size_t i = 0; i < p->length; i++) {
        unsigned here = p->order[i];
        if (here == 0) {
            if (before == EQUAL) return NOT_MINE;
            stamp++;
        } else if (here == EQUAL) {
            if (before == 0 || before == EQUAL) return NOT_MINE;
        } else {
            if (here > options || seen[here] == stamp || (before == EQUAL && here < p->order[i - 2])) return NOT_MINE;
            seen[here] = stamp;
        }
        before = here;
    }
    return before == EQUAL || stamp != p->count ? NOT_MINE : FINE;
}

/* What a reader of a packed file has to look at; `*equal` tells whether some options share a rank. */
static State check(const Packed *p, int options, int *equal) {
    uint64_t sum = 0;
    for (size_t i = 0; i < p->count; i++) {
        uint64_t weight = load64(p->weight + 8 * i);
        if (weight < 1 || weight > WEIGHT_MAX || (sum += weight) > SUM_MAX) return NOT_MINE;
    }
    *equal = p->length && memchr(p->order, EQUAL, p->length);
    if (!p->count) return FINE;
    return *equal ? check_equal(p, (unsigned)options) : check_strict(p, (unsigned)options);
}

PyObject *check_ballots(PyObject *self, PyObject *args) {
    Packed p;
    int options, equal = 0;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*y*i:check_ballots", &p.weights, &p.orders, &options)) return NULL;
    State state = NOT_MINE;
    PyObject *found = NULL;
    if (take(&p)) {
        Py_BEGIN_ALLOW_THREADS
        state = check(&p, options, &equal);
        Py_END_ALLOW_THREADS
        found = state == NOT_MINE ? Py_None : equal ? Py_False : Py_True;
        Py_IncRef(found);
    }
    release(&p);
    return found;
}
