# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The training loop: a structured perceptron with averaged weights (Collins 2002) over encoded sentences."""

from libc.stdint cimport int8_t, int32_t, int64_t, uint8_t, uint32_t
from libc.stdlib cimport free, malloc

cdef enum:
    TAGS = 7


cdef inline bint is_legal(int origin, int tag) noexcept nogil:
    return tag == 0 or tag % 2 == 1 or origin == tag - 1 or origin == tag


def train(
    const uint32_t[:, ::1] buckets,
    const int64_t[::1] offsets,
    const int8_t[::1] gold,
    const uint8_t[::1] doubtful,
    const int64_t[::1] order,
    int32_t[:, ::1] weights,
    double[:, ::1] sums,
    int32_t[:, ::1] arcs,
    double[:, ::1] arc_sums,
    double step,
    int cost,
    uint32_t seed,
    uint32_t dropped,
):
    """One epoch over the sentences in ``order``; sentence s is rows offsets[s] to offsets[s + 1].

    ``sums`` gathers step x update, so that the average over all steps is weights - sums / steps. ``cost`` is what a
    wrong tag is given ahead, so that the right one has to win by a margin. Doubtful rows are left as they are.
    ``dropped`` of 256 features are hidden at random, so that no word is relied on alone.
    Returns the number of steps so far and the wrong tags of this epoch.
    """
    cdef Py_ssize_t place, sentence, row, first, size, longest = 0
    cdef Py_ssize_t templates = buckets.shape[1], part
    cdef int tag, origin, chosen, right, wrong
    cdef int64_t mistakes = 0
    cdef int32_t best[TAGS]
    cdef int32_t reached[TAGS]
    cdef int32_t value, top
    for sentence in range(offsets.shape[0] - 1):
        longest = max(longest, offsets[sentence + 1] - offsets[sentence])
    cdef int32_t* scores = <int32_t*>malloc(longest * TAGS * sizeof(int32_t))
    cdef int8_t* origins = <int8_t*>malloc(longest * TAGS)
    cdef int8_t* path = <int8_t*>malloc(longest)
    cdef uint8_t* hidden = <uint8_t*>malloc(longest * templates)
    cdef uint32_t random = seed * <uint32_t>2654435761 | 1
    with nogil:
        for place in range(order.shape[0]):
            sentence = order[place]
            first = offsets[sentence]
            size = offsets[sentence + 1] - first
            for row in range(size):
                for tag in range(TAGS):
                    scores[row * TAGS + tag] = 0 if doubtful[first + row] or tag == gold[first + row] else cost
                for part in range(templates):
                    random ^= random << 13
                    random ^= random >> 17
                    random ^= random << 5
                    hidden[row * templates + part] = (random >> 12 & 255) < dropped
                    if hidden[row * templates + part]:
                        continue
                    for tag in range(TAGS):
                        scores[row * TAGS + tag] += weights[buckets[first + row, part], tag]
            for tag in range(TAGS):
                best[tag] = scores[tag] if is_legal(0, tag) else -(1 << 28)
            for row in range(1, size):
                for tag in range(TAGS):
                    top, chosen = -(1 << 30), 0
                    for origin in range(TAGS):
                        if is_legal(origin, tag):
                            value = best[origin] + arcs[origin, tag]
                            if value > top:
                                top, chosen = value, origin
                    reached[tag] = top + scores[row * TAGS + tag]
                    origins[row * TAGS + tag] = <int8_t>chosen
                for tag in range(TAGS):
                    best[tag] = reached[tag]
            chosen = 0
            for tag in range(1, TAGS):
                if best[tag] > best[chosen]:
                    chosen = tag
            for row in range(size - 1, -1, -1):
                path[row] = <int8_t>chosen
                if row:
                    chosen = origins[row * TAGS + chosen]
            step += 1
            for row in range(size):
                if doubtful[first + row]:
                    continue
                right, wrong = gold[first + row], path[row]
                if right != wrong:
                    mistakes += 1
                    for part in range(templates):
                        if hidden[row * templates + part]:
                            continue
                        weights[buckets[first + row, part], right] += 1
                        sums[buckets[first + row, part], right] += step
                        weights[buckets[first + row, part], wrong] -= 1
                        sums[buckets[first + row, part], wrong] -= step
                if row and not doubtful[first + row - 1] and (right != wrong or gold[first + row - 1] != path[row - 1]):
                    arcs[gold[first + row - 1], right] += 1
                    arc_sums[gold[first + row - 1], right] += step
                    arcs[path[row - 1], wrong] -= 1
                    arc_sums[path[row - 1], wrong] -= step
    free(scores)
    free(origins)
    free(path)
    free(hidden)
    return step, mistakes
