/* The shares of one distribution by Meek's method. */

#include "machine.h"

/* One distribution over the tree of ways: runs of eight bytes a node for parent, option, papers through and papers that
   stop; `keep` eight bytes an option. Gives the votes of each option and the exhausted, all in units. */
PyObject *share_votes(PyObject *self, PyObject *args) {
    Py_buffer tree, keeps;
    unsigned long long unit, valid;
    (void)self;
    if (!PyArg_ParseTuple(args, "y*y*KK:share_votes", &tree, &keeps, &unit, &valid)) return NULL;
    PyObject *found = NULL;
    size_t nodes = (size_t)tree.len / 32, options = (size_t)keeps.len / 8;
    uint64_t *left = malloc((nodes + options + 1) * sizeof *left);
    if (!left) PyErr_NoMemory();
    else if (!nodes || !options || !unit || (valid > unit ? valid : unit) > SUM_MAX / unit) {
        PyErr_SetString(PyExc_ValueError, "the figures are beyond 62 bits");
    } else {
        const unsigned char *node = tree.buf, *keep = keeps.buf;
        uint64_t *totals = left + nodes, exhausted;
        int fine = 1;
        Py_BEGIN_ALLOW_THREADS
        memset(totals, 0, options * sizeof *totals);
        left[0] = unit;
        exhausted = unit * load64(node + 24);
        for (size_t i = 1; i < nodes; i++) {
            uint64_t parent = load64(node + 32 * i), option = load64(node + 32 * i + 8);
            if (parent >= i || option >= options || load64(keep + 8 * option) > unit) { fine = 0; break; }
            uint64_t arriving = left[parent];
            uint64_t kept = (arriving * load64(keep + 8 * option) + unit - 1) / unit;
            totals[option] += kept * load64(node + 32 * i + 16);
            left[i] = arriving - kept;
            exhausted += left[i] * load64(node + 32 * i + 24);
        }
        Py_END_ALLOW_THREADS
        if (!fine) PyErr_SetString(PyExc_ValueError, "a node of the tree is not in its place");
        else found = PyList_New(0);
        for (size_t n = 0; found && n <= options; n++) {
            PyObject *votes = PyLong_FromUnsignedLongLong(n < options ? totals[n] : exhausted);
            if (!votes || PyList_Append(found, votes)) { Py_DecRef(found); found = NULL; }
            Py_DecRef(votes);
        }
    }
    free(left);
    PyBuffer_Release(&tree);
    PyBuffer_Release(&keeps);
    return found;
}
