/* The module `isonomy.counting._compiled`. */

#include "machine.h"

#define VERSION 1 /* raised with every change of what a function takes or gives: compiled.py asks for this number */

static PyMethodDef functions[] = {
    {"read_ballots", read_ballots, METH_VARARGS, "(data, start, options, form): weights, orders and where they end."},
    {"check_ballots", check_ballots, METH_VARARGS, "(weights, orders, options): whether no rank has several options."},
    {"merge_ballots", merge_ballots, METH_VARARGS, "(weights, orders): weights, orders and their number, merged."},
    {"all_papers", all_papers, METH_VARARGS, "(weights, orders): valid papers, and the bundle of all."},
    {"split_papers", split_papers, METH_VARARGS, "(weights, orders, bundle, open_to, passes): (option, papers, bundle)."},
    {"pairwise_counts", pairwise_counts, METH_VARARGS, "(weights, orders, options, apart): the matrix, row by row."},
    {"share_votes", share_votes, METH_VARARGS, "(tree, keep, unit, valid): the votes of each, then the exhausted."},
    {NULL, NULL, 0, NULL},
};

static int set_up(PyObject *module) {
    if (getenv("ISONOMY_PURE")) {
        PyErr_SetString(PyExc_ImportError, "switched off by ISONOMY_PURE");
        return -1;
    }
    if (PyModule_AddStringConstant(module, "SOURCE", SOURCE_DIGEST)) return -1;
    return PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, set_up}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_compiled", "The hot loops of counting in machine code.", 0, functions, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__compiled(void) { return PyModuleDef_Init(&definition); }
