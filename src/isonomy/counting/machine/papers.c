/* Papers on their way: dealt and split by next open option. */

#include "machine.h"

/* A bundle is a run of (ballot, place in its order), four bytes each. */

PyObject *all_papers(PyObject *self, PyObject *args) {
    Packed p;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*y*:all_papers", &p.weights, &p.orders)) return NULL;
    PyObject *found = NULL;
    if (take(&p)) {
        unsigned char *bundle = malloc(p.count * 8 + 1);
        size_t used = 0, place = 0;
        uint64_t papers = 0;
        if (bundle) {
            Py_BEGIN_ALLOW_THREADS
            for (size_t ballot = 0; ballot < p.count && place <= p.length; ballot++) {
                if (!ends_at(&p, place)) {
                    store32(bundle + used, (uint32_t)ballot);
                    store32(bundle + used + 4, (uint32_t)place);
                    used += 8;
                    papers += load64(p.weight + 8 * ballot);
                }
                while (at(&p, place)) place++;
                place++;
            }
            Py_END_ALLOW_THREADS
            found = Py_BuildValue("(Ky#)", (unsigned long long)papers, (const char *)bundle, (Py_ssize_t)used);
            free(bundle);
        } else PyErr_NoMemory();
    }
    release(&p);
    return found;
}

enum { AHEAD = 24 };

typedef struct {
    size_t entries[256], at[256];
    uint64_t papers[256];
} Groups;

/* Each paper to its next open option: first what each gets, then the bundles one behind the other. */
static State split(const Packed *p, const unsigned char *bundle, size_t count, const unsigned char *open, int passes,
                   unsigned char *target, unsigned char *sorted, Groups *g) {
    memset(g, 0, sizeof *g);
    for (size_t i = 0; i < count; i++) {
        size_t ballot = load32(bundle + 8 * i), place = load32(bundle + 8 * i + 4);
        if (ballot >= p->count || place > p->length) return NOT_MINE;
        if (i + AHEAD < count) { /* a hint, not a reading: memory is slower than all else here */
            __builtin_prefetch(p->weight + 8 * (size_t)load32(bundle + 8 * (i + AHEAD)));
            __builtin_prefetch(p->order + load32(bundle + 8 * (i + AHEAD) + 4));
        }
        if (passes && !ends_at(p, place)) place++;
        while (!ends_at(p, place) && !open[p->order[place]]) place++;
        unsigned to = ends_at(p, place) ? 0 : p->order[place];
        target[i] = (unsigned char)to;
        store32(sorted + 4 * i, (uint32_t)place); /* kept here until its bundle is known */
        g->entries[to]++;
        g->papers[to] += load64(p->weight + 8 * ballot);
    }
    return FINE;
}

PyObject *split_papers(PyObject *self, PyObject *args) {
    Packed p;
    Py_buffer bundle, open_to;
    int passes;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*y*y*y*p:split_papers", &p.weights, &p.orders, &bundle, &open_to, &passes)) return NULL;
    PyObject *found = NULL;
    size_t count = (size_t)bundle.len / 8;
    unsigned char *target = malloc(count * 5 + 1);
    if (take(&p) && !target) PyErr_NoMemory();
    if (!PyErr_Occurred()) {
        Groups g;
        unsigned char open[256] = {0};
        unsigned char *places = target + count;
        PyObject *bundles[256] = {0};
        unsigned char *to[256] = {0};
        State state;
        memcpy(open, open_to.buf, (size_t)open_to.len < 256 ? (size_t)open_to.len : 256);
        Py_BEGIN_ALLOW_THREADS
        state = split(&p, bundle.buf, count, open, passes, target, places, &g);
        Py_END_ALLOW_THREADS
        if (state) PyErr_SetString(PyExc_ValueError, "a paper of the bundle is not among the ballots");
        else found = PyList_New(0);
        for (int n = 0; found && n < 256; n++) {
            if (!g.entries[n]) continue;
            to[n] = malloc(g.entries[n] * 8);
            if (!to[n]) { Py_DecRef(found); found = NULL; PyErr_NoMemory(); }
        }
        if (found) {
            const unsigned char *from = bundle.buf;
            Py_BEGIN_ALLOW_THREADS
            for (size_t i = 0; i < count; i++) {
                unsigned char *entry = to[target[i]] + 8 * g.at[target[i]]++;
                memcpy(entry, from + 8 * i, 4);
                memcpy(entry + 4, places + 4 * i, 4);
            }
            Py_END_ALLOW_THREADS
        }
        for (int n = 0; found && n < 256; n++) {
            if (!to[n]) continue;
            bundles[n] = Py_BuildValue("(iKy#)", n, (unsigned long long)g.papers[n], (const char *)to[n],
                                       (Py_ssize_t)(g.entries[n] * 8));
            free(to[n]);
            to[n] = NULL;
            if (!bundles[n] || PyList_Append(found, bundles[n])) { Py_DecRef(found); found = NULL; }
            Py_DecRef(bundles[n]);
        }
        for (int n = 0; n < 256; n++) free(to[n]);
    }
    free(target);
    release(&p);
    PyBuffer_Release(&bundle);
    PyBuffer_Release(&open_to);
    return found;
}
