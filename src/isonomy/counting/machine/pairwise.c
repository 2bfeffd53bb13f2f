/* The pairwise matrix of packed ballots. */

#include "machine.h"

enum { SIDE = 256 };

/* `over[a][b]` gets who rank a above b by naming both; `level[a][b]` who rank them equal; `named[a]` who name a. */
static State compare(const Packed *p, uint64_t *over, uint64_t *level, uint64_t *named, int options) {
    unsigned char order[SIDE], group[SIDE];
    size_t place = 0;
    uint64_t sum = 0;
    for (size_t ballot = 0; ballot < p->count; ballot++, place++) {
        uint64_t weight = load64(p->weight + 8 * ballot);
        int length = 0, joins = 0, ranks = 0, equal = 0;
        if (place > p->length || weight > WEIGHT_MAX * 1000000 || (sum += weight) > SUM_MAX) return NOT_MINE;
        for (unsigned here; (here = at(p, place)) != 0; place++) {
            if (here == EQUAL) { joins = equal = 1; continue; }
            if (here > (unsigned)options || length == OPTIONS_MAX) return NOT_MINE;
            ranks += !joins;
            joins = 0;
            group[length] = (unsigned char)ranks;
            order[length++] = (unsigned char)here;
        }
        for (int i = 0; i < length; i++) {
            uint64_t *row = over + SIDE * order[i];
            named[order[i]] += weight;
            if (!equal) {
                for (int j = i + 1; j < length; j++) row[order[j]] += weight;
                continue;
            }
            for (int j = i + 1; j < length; j++) {
                if (group[j] != group[i]) row[order[j]] += weight;
                else {
                    level[SIDE * order[i] + order[j]] += weight;
                    level[SIDE * order[j] + order[i]] += weight;
                }
            }
        }
    }
    return FINE;
}

PyObject *pairwise_counts(PyObject *self, PyObject *args) {
    Packed p;
    int options, apart;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*y*ip:pairwise_counts", &p.weights, &p.orders, &options, &apart)) return NULL;
    PyObject *found = NULL;
    uint64_t *over = calloc(2 * SIDE * SIDE + SIDE, sizeof *over);
    if (take(&p) && !over) PyErr_NoMemory();
    else if (!PyErr_Occurred() && (options < 1 || options > OPTIONS_MAX)) {
        PyErr_SetString(PyExc_ValueError, "options are from 1 to 254");
    }
    if (!PyErr_Occurred()) {
        uint64_t *level = over + SIDE * SIDE, *named = level + SIDE * SIDE;
        State state;
        Py_BEGIN_ALLOW_THREADS
        state = compare(&p, over, level, named, options);
        Py_END_ALLOW_THREADS
        if (state) { found = Py_None; Py_IncRef(found); }
        else found = PyList_New(0);
        for (int a = 0; !state && found && a <= options; a++) {
            for (int b = 0; found && b <= options; b++) {
                uint64_t count = a && b && a != b ? over[SIDE * a + b] : 0;
                /* Who name a and not b rank a above b, unless what is not named is compared with none. */
                if (a && b && a != b && !apart)
                    count = named[a] - over[SIDE * b + a] - level[SIDE * a + b];
                PyObject *cell = PyLong_FromUnsignedLongLong(count);
                if (!cell || PyList_Append(found, cell)) { Py_DecRef(found); found = NULL; }
                Py_DecRef(cell);
            }
        }
    }
    free(over);
    release(&p);
    return found;
}
