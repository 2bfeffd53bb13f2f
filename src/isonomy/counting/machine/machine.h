/* The hot loops of counting in machine code: ballots read and merged, papers split, the pairwise matrix, Meek's shares.

   Lives here: loops over bytes, with nothing decided by them. Not here: any rule, any wording, any format's exceptions:
   what is not plain is left to Python ("not mine": None is returned), which says what is wrong and where.

   Ballots are two runs of bytes, as in a packed file (spec counting, section 10): weights of eight bytes each, and orders
   of one byte an option with a byte 0 between two ballots; 255 stands between options of one rank.

   Invariant: the same digits as the Python beside each function; every read and write is inside its buffer, whatever the
   bytes say; a sum that could pass 2^62 is not mine; no state is kept between calls. */

#ifndef ISONOMY_MACHINE_H
#define ISONOMY_MACHINE_H

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if !defined(__BYTE_ORDER__) || __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "weights are held with the least byte first"
#endif

enum { EQUAL = 255, OPTIONS_MAX = 254, LINE_MAX_BYTES = 100000, PROBES_MAX = 4096 };
static const uint64_t WEIGHT_MAX = 1000000000000ull;
static const uint64_t SUM_MAX = 1ull << 62;
/* A place among ballots takes 32 bits; longer runs are not mine. */
static const size_t RUN_MAX = 0xfffffff0u;

enum { BLT = 0, SCOTTISH = 1 };
typedef enum { FINE, NOT_MINE, NO_MEMORY } State;

static inline uint64_t load64(const unsigned char *from) { uint64_t v; memcpy(&v, from, 8); return v; }
static inline uint32_t load32(const unsigned char *from) { uint32_t v; memcpy(&v, from, 4); return v; }
static inline void store32(unsigned char *to, uint32_t v) { memcpy(to, &v, 4); }

/* ---- ballots read and merged: merging.c ---- */

typedef struct { uint32_t hash, ballot; } Slot; /* ballot counts from 1; 0 is an empty slot */
typedef struct { size_t from, length; uint64_t weight; uint32_t hash; } Waiting;

enum { WAITING_MAX = 32 };

typedef struct {
    unsigned char *orders; /* every merged ballot with a 0 after it, then those that wait */
    size_t used, tail, room;
    Waiting waiting[WAITING_MAX]; /* their slots are fetched meanwhile: memory is slower than all else here */
    int waits;
    uint64_t *weights;
    uint32_t *places; /* where each ballot begins in orders */
    size_t count, count_room;
    Slot *slots;
    size_t mask;
    uint64_t seed, sum;
} Merged;

State begin(Merged *m, uint64_t seed);
State make_room(Merged *m, size_t bytes);
State add(Merged *m, size_t length, uint64_t weight);
State settle(Merged *m);
PyObject *merged_ballots(Merged *m, State state, Py_ssize_t end);
uint64_t seed_of_process(void);

/* ---- ballots that are already packed: packed.c ---- */

typedef struct { Py_buffer weights, orders; const unsigned char *weight, *order; size_t count, length; } Packed;

int take(Packed *p);
void release(Packed *p);

/* The byte at a place; behind the last ballot stands a 0 too. */
static inline unsigned at(const Packed *p, size_t place) { return place < p->length ? p->order[place] : 0; }

/* Whether no single option can be told from a place on: the end of the ballot, or a rank of several. */
static inline int ends_at(const Packed *p, size_t place) {
    unsigned here = at(p, place);
    return here == 0 || here == EQUAL || at(p, place + 1) == EQUAL;
}

/* ---- what Python calls ---- */

PyObject *read_ballots(PyObject *self, PyObject *args);
PyObject *check_ballots(PyObject *self, PyObject *args);
PyObject *merge_ballots(PyObject *self, PyObject *args);
PyObject *all_papers(PyObject *self, PyObject *args);
PyObject *split_papers(PyObject *self, PyObject *args);
PyObject *pairwise_counts(PyObject *self, PyObject *args);
PyObject *share_votes(PyObject *self, PyObject *args);

#endif
