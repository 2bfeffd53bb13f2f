/* Equal ballots as one, in the order of their first appearance. */

#include "machine.h"

State begin(Merged *m, uint64_t seed) {
    memset(m, 0, sizeof *m);
    m->seed = seed;
    m->mask = 1023;
    m->room = 1 << 13;
    m->count_room = 512;
    m->slots = calloc(m->mask + 1, sizeof *m->slots);
    m->orders = malloc(m->room);
    m->weights = malloc(m->count_room * sizeof *m->weights);
    m->places = malloc(m->count_room * sizeof *m->places);
    return m->slots && m->orders && m->weights && m->places ? FINE : NO_MEMORY;
}

/* Room for one more ballot of at most so many bytes and its 0. */
State make_room(Merged *m, size_t bytes) {
    if (m->room - m->tail < bytes + 1) {
        size_t room = m->room * 2 + bytes + 1;
        if (room > RUN_MAX) {
            if (m->tail + bytes + 1 > RUN_MAX) return NOT_MINE;
            room = RUN_MAX;
        }
        unsigned char *grown = realloc(m->orders, room);
        if (!grown) return NO_MEMORY;
        m->orders = grown;
        m->room = room;
    }
    return FINE;
}

static State grow_table(Merged *m) {
    size_t mask = m->mask * 2 + 1;
    Slot *slots = calloc(mask + 1, sizeof *slots);
    if (!slots) return NO_MEMORY;
    for (size_t old = 0; old <= m->mask; old++) {
        if (!m->slots[old].ballot) continue;
        size_t at = m->slots[old].hash & mask;
        while (slots[at].ballot) at = (at + 1) & mask;
        slots[at] = m->slots[old];
    }
    free(m->slots);
    m->slots = slots;
    m->mask = mask;
    return FINE;
}

/* Keyed by a number of the process, so that nobody can write a file whose ballots all meet in one slot. */
static uint32_t hash_of(const unsigned char *from, size_t length, uint64_t seed) {
    uint64_t h = seed ^ (length * 0x9e3779b97f4a7c15ull);
    while (length >= 8) {
        h = (h ^ load64(from)) * 0xff51afd7ed558ccdull;
        h ^= h >> 32;
        from += 8;
        length -= 8;
    }
    uint64_t rest = 0;
    for (size_t i = 0; i < length; i++) rest |= (uint64_t)from[i] << (8 * i);
    h = (h ^ rest ^ seed) * 0xff51afd7ed558ccdull;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53ull;
    return (uint32_t)(h >> 32);
}

/* Takes the ballot that stands in orders from `tail`; it waits until its slot is at hand. */
State add(Merged *m, size_t length, uint64_t weight) {
    unsigned char *order = m->orders + m->tail;
    uint32_t hash = hash_of(order, length, m->seed);
    m->sum += weight;
    if (m->sum > SUM_MAX) return NOT_MINE;
    order[length] = 0; /* so that a longer ballot is not taken for an equal one */
    __builtin_prefetch(m->slots + (hash & m->mask));
    m->waiting[m->waits++] = (Waiting){m->tail, length, weight, hash};
    m->tail += length + 1;
    return m->waits == WAITING_MAX ? settle(m) : FINE;
}

/* Moves one ballot to those that are merged, or adds its weight to the equal one there. */
static State place(Merged *m, const Waiting *w) {
    const unsigned char *order = m->orders + w->from;
    size_t at = w->hash & m->mask;
    for (int probes = 0; m->slots[at].ballot; at = (at + 1) & m->mask) {
        if (++probes > PROBES_MAX) return NOT_MINE;
        if (m->slots[at].hash != w->hash) continue;
        size_t other = m->slots[at].ballot - 1;
        /* The 0 ends both, and none is inside; the other stands wholly among the merged. */
        if (m->used - m->places[other] > w->length && !memcmp(m->orders + m->places[other], order, w->length + 1)) {
            m->weights[other] += w->weight;
            return FINE;
        }
    }
    if (m->count == m->count_room) {
        size_t room = m->count_room * 2;
        uint64_t *weights = realloc(m->weights, room * sizeof *weights);
        if (weights) m->weights = weights;
        uint32_t *places = realloc(m->places, room * sizeof *places);
        if (places) m->places = places;
        if (!weights || !places) return NO_MEMORY;
        m->count_room = room;
    }
    m->places[m->count] = (uint32_t)m->used;
    m->weights[m->count++] = w->weight;
    m->slots[at] = (Slot){w->hash, (uint32_t)m->count};
    if (w->from != m->used) memmove(m->orders + m->used, order, w->length + 1);
    m->used += w->length + 1;
    return m->count * 4 > m->mask * 3 ? grow_table(m) : FINE;
}

/* Merges all that wait, in their order; to be called once more at the end. */
State settle(Merged *m) {
    State state = FINE;
    for (int i = 0; i < m->waits && !state; i++) state = place(m, m->waiting + i);
    m->waits = 0;
    m->tail = m->used;
    return state;
}

/* (weights, orders, end), the 0 after the last ballot left off; None when it is not mine. What was merged is let go. */
PyObject *merged_ballots(Merged *m, State state, Py_ssize_t end) {
    PyObject *found = NULL;
    if (state == FINE) {
        Py_ssize_t length = (Py_ssize_t)(m->used ? m->used - 1 : 0);
        found = Py_BuildValue("(y#y#n)", (const char *)m->weights, (Py_ssize_t)(m->count * 8), (const char *)m->orders,
                              length, end);
    } else if (state == NO_MEMORY) {
        PyErr_NoMemory();
    } else {
        found = Py_None;
        Py_IncRef(found);
    }
    free(m->orders);
    free(m->weights);
    free(m->places);
    free(m->slots);
    return found;
}

uint64_t seed_of_process(void) {
    PyObject *text = PyBytes_FromStringAndSize("isonomy ballots", 15);
    if (!text) return 0;
    Py_hash_t hash = PyObject_Hash(text);
    Py_DecRef(text);
    return (uint64_t)hash * 0x9e3779b97f4a7c15ull;
}

static State merge_all(const Packed *p, Merged *m) {
    size_t from = 0;
    for (size_t ballot = 0; ballot < p->count; ballot++) {
        const unsigned char *stop = from < p->length ? memchr(p->order + from, 0, p->length - from) : NULL;
        size_t to = stop ? (size_t)(stop - p->order) : p->length;
        if (from > p->length) return NOT_MINE;
        State state = make_room(m, to - from);
        if (state) return state;
        memcpy(m->orders + m->tail, p->order + from, to - from);
        uint64_t weight = load64(p->weight + 8 * ballot);
        if (weight > SUM_MAX || (state = add(m, to - from, weight))) return state ? state : NOT_MINE;
        from = to + 1;
    }
    return from == p->length + 1 || !p->count ? settle(m) : NOT_MINE;
}

PyObject *merge_ballots(PyObject *self, PyObject *args) {
    Packed p;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*y*:merge_ballots", &p.weights, &p.orders)) return NULL;
    PyObject *found = NULL;
    if (take(&p)) {
        uint64_t seed = seed_of_process();
        Merged m;
        State state;
        Py_BEGIN_ALLOW_THREADS
        state = begin(&m, seed);
        if (!state) state = merge_all(&p, &m);
        Py_END_ALLOW_THREADS
        found = merged_ballots(&m, state, (Py_ssize_t)m.count);
    }
    release(&p);
    return found;
}
