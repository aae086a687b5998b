/*
 * Batches of distances over rows of codes, for processors with AVX-512 VNNI. The twin of ScalarProbe and VectorProbe:
 * dot products are sums of integers and hence equal to theirs, bit by bit. The layout of a row is CodeRows', that of a probe is
 * NativeProbe's. The caller vouches for addresses and row numbers: nothing is checked here.
 */
#include <cpuid.h>
#include <immintrin.h>
#include <stdint.h>

#define LINE 64
#define SCALE 0
#define SUM 4
#define NORM 8
#define LINKS 20
#define TARGET __attribute__((target("avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#define INLINE static inline __attribute__((always_inline)) TARGET

enum metric { DOT = 0, L2 = 1, L1 = 2 };

typedef struct {
    const uint8_t *rows;
    uint8_t *codes;      /* the query's codes + 128, zero from its length to padded */
    float *floats;       /* L1: the query */
    uint8_t *seen;       /* a stamp for each row */
    int32_t *ids;
    float *distances;
    int64_t stride;
    int32_t length;      /* codes of a row */
    int32_t padded;      /* the same up to a full line */
    int32_t tail;        /* where the numbers behind the codes begin */
    int32_t metric;
    float scale;         /* the query's */
    float norm;
    int32_t stamp;
    int32_t computed;    /* distances that the last expansion took */
} probe;

INLINE const uint8_t *row_of(const probe *p, int32_t id) {
    return p->rows + (int64_t)id * p->stride;
}

INLINE int32_t int_at(const uint8_t *at) {
    return *(const int32_t *)at;
}

INLINE float float_at(const uint8_t *at) {
    return *(const float *)at;
}

INLINE float from_sum(const probe *p, const uint8_t *row, int32_t sum) {
    const uint8_t *tail = row + p->tail;
    float dot = p->scale * float_at(tail + SCALE) * (float)(sum - 128 * int_at(tail + SUM));
    if (p->metric == DOT) {
        return -dot;
    }
    float squares = p->norm + float_at(tail + NORM) - 2 * dot;
    return squares > 0 ? squares : 0;
}

INLINE float distance_l1(const probe *p, const uint8_t *row) {
    __m512 scale = _mm512_set1_ps(float_at(row + p->tail + SCALE));
    __m512 sum = _mm512_setzero_ps();
    for (int32_t i = 0; i < p->length; i += 16) {
        int32_t left = p->length - i;
        __mmask16 mask = left >= 16 ? 0xFFFF : (__mmask16)((1u << left) - 1);
        __m512 x = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_maskz_loadu_epi8(mask, row + i)));
        __m512 difference = _mm512_fnmadd_ps(scale, x, _mm512_loadu_ps(p->floats + i));
        sum = _mm512_mask_add_ps(sum, mask, sum, _mm512_abs_ps(difference));
    }
    return _mm512_reduce_add_ps(sum);
}

INLINE float distance_one(const probe *p, const uint8_t *row) {
    if (p->metric == L1) {
        return distance_l1(p, row);
    }
    __m512i a = _mm512_setzero_si512();
    __m512i b = a;
    int32_t i = 0;
    for (; i + LINE < p->padded; i += 2 * LINE) {
        a = _mm512_dpbusd_epi32(a, _mm512_load_si512(p->codes + i), _mm512_loadu_si512(row + i));
        b = _mm512_dpbusd_epi32(b, _mm512_load_si512(p->codes + i + LINE), _mm512_loadu_si512(row + i + LINE));
    }
    if (i < p->padded) {
        a = _mm512_dpbusd_epi32(a, _mm512_load_si512(p->codes + i), _mm512_loadu_si512(row + i));
    }
    return from_sum(p, row, _mm512_reduce_add_epi32(_mm512_add_epi32(a, b)));
}

/* Four rows share each load of the query, and their cache misses overlap. */
INLINE void distance_four(const probe *p, const int32_t *ids, float *out) {
    const uint8_t *r0 = row_of(p, ids[0]);
    const uint8_t *r1 = row_of(p, ids[1]);
    const uint8_t *r2 = row_of(p, ids[2]);
    const uint8_t *r3 = row_of(p, ids[3]);
    if (p->metric == L1) {
        out[0] = distance_l1(p, r0);
        out[1] = distance_l1(p, r1);
        out[2] = distance_l1(p, r2);
        out[3] = distance_l1(p, r3);
        return;
    }
    __m512i a = _mm512_setzero_si512();
    __m512i b = a;
    __m512i c = a;
    __m512i d = a;
    for (int32_t i = 0; i < p->padded; i += LINE) {
        __m512i q = _mm512_load_si512(p->codes + i);
        a = _mm512_dpbusd_epi32(a, q, _mm512_loadu_si512(r0 + i));
        b = _mm512_dpbusd_epi32(b, q, _mm512_loadu_si512(r1 + i));
        c = _mm512_dpbusd_epi32(c, q, _mm512_loadu_si512(r2 + i));
        d = _mm512_dpbusd_epi32(d, q, _mm512_loadu_si512(r3 + i));
    }
    out[0] = from_sum(p, r0, _mm512_reduce_add_epi32(a));
    out[1] = from_sum(p, r1, _mm512_reduce_add_epi32(b));
    out[2] = from_sum(p, r2, _mm512_reduce_add_epi32(c));
    out[3] = from_sum(p, r3, _mm512_reduce_add_epi32(d));
}

INLINE void distances(const probe *p, int32_t count) {
    int32_t i = 0;
    for (; i + 4 <= count; i += 4) {
        distance_four(p, p->ids + i, p->distances + i);
    }
    for (; i < count; i++) {
        p->distances[i] = distance_one(p, row_of(p, p->ids[i]));
    }
}

/* 1 if this processor, with this operating system, can run the rest. */
int32_t vectorhub_supported(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("fma")
        && __builtin_cpu_supports("popcnt");
}

/* Makes a row the query. */
TARGET void vectorhub_aim(probe *p, int32_t id) {
    const uint8_t *row = row_of(p, id);
    const uint8_t *tail = row + p->tail;
    p->scale = float_at(tail + SCALE);
    p->norm = float_at(tail + NORM);
    if (p->metric == L1) {
        __m512 scale = _mm512_set1_ps(p->scale);
        for (int32_t i = 0; i < p->padded; i += 16) {
            int32_t left = p->length - i;
            __mmask16 mask = left >= 16 ? 0xFFFF : left <= 0 ? 0 : (__mmask16)((1u << left) - 1);
            __m512 x = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_maskz_loadu_epi8(mask, row + i)));
            _mm512_storeu_ps(p->floats + i, _mm512_mul_ps(scale, x));
        }
        return;
    }
    __m512i flip = _mm512_set1_epi8((char)0x80);
    for (int32_t i = 0; i < p->padded; i += LINE) {
        int32_t left = p->length - i;
        __mmask64 mask = left >= LINE ? ~0ULL : (1ULL << left) - 1;
        _mm512_store_si512(p->codes + i, _mm512_maskz_xor_epi32(0xFFFF, flip, _mm512_maskz_loadu_epi8(mask, row + i)));
        if (left < LINE) {
            _mm512_store_si512(p->codes + i, _mm512_maskz_mov_epi8(mask, _mm512_load_si512(p->codes + i)));
        }
    }
}

/* Distances to the rows of p->ids. */
TARGET void vectorhub_distances(probe *p, int32_t count) {
    distances(p, count);
}

/* Distances to rows in a stretch, which the processor fetches ahead by itself if they are taken one at a time. */
TARGET void vectorhub_range(probe *p, int32_t from, int32_t count) {
    const uint8_t *row = row_of(p, from);
    for (int32_t i = 0; i < count; i++, row += p->stride) {
        p->distances[i] = distance_one(p, row);
    }
}

/* 1 if none of the rows of p->ids is nearer than the bound. */
TARGET int32_t vectorhub_apart(probe *p, int32_t count, float bound) {
    int32_t i = 0;
    float d[4];
    for (; i + 4 <= count; i += 4) {
        distance_four(p, p->ids + i, d);
        if (d[0] < bound || d[1] < bound || d[2] < bound || d[3] < bound) {
            return 0;
        }
    }
    for (; i < count; i++) {
        if (distance_one(p, row_of(p, p->ids[i])) < bound) {
            return 0;
        }
    }
    return 1;
}

/* The neighbours of a vertex that this search sees for the first time, into p->ids. Fetches `lines` lines of each row. */
TARGET int32_t vectorhub_meet(probe *p, int32_t vertex, int32_t first, int32_t lines) {
    const int32_t *links = (const int32_t *)(row_of(p, vertex) + p->tail + LINKS);
    int32_t linked = links[0];
    uint8_t stamp = (uint8_t)p->stamp;
    int32_t count = 0;
    for (int32_t i = 1; i <= linked; i++) {
        int32_t id = links[i];
        if (p->seen[id] != stamp) {
            p->seen[id] = stamp;
            p->ids[count++] = id;
            const uint8_t *row = row_of(p, id) + first;
            for (int32_t line = 0; line < lines; line++) {
                _mm_prefetch((const char *)row + line * LINE, _MM_HINT_T0);
            }
        }
    }
    return count;
}

/* What each byte of a code adds to the distance, from the centroids' values: 256 for each component, stretch after stretch. */
TARGET void vectorhub_table(const float *book, const float *query, float *table, int32_t dimensions, int32_t stretches,
                            int32_t metric) {
    for (int32_t s = 0; s < stretches; s++) {
        float *sums = table + 256 * s;
        __builtin_memset(sums, 0, 256 * sizeof(float));
        int32_t end = (int32_t)((int64_t)(s + 1) * dimensions / stretches);
        for (int32_t i = (int32_t)((int64_t)s * dimensions / stretches); i < end; i++) {
            const float *values = book + (int64_t)256 * i;
            __m512 q = _mm512_set1_ps(query[i]);
            for (int32_t c = 0; c < 256; c += 16) {
                __m512 value = _mm512_loadu_ps(values + c);
                __m512 sum = _mm512_loadu_ps(sums + c);
                __m512 difference = _mm512_sub_ps(q, value);
                sum = metric == DOT ? _mm512_fnmadd_ps(q, value, sum)
                    : metric == L2 ? _mm512_fmadd_ps(difference, difference, sum)
                                   : _mm512_add_ps(sum, _mm512_abs_ps(difference));
                _mm512_storeu_ps(sums + c, sum);
            }
        }
    }
}

/* Distances to the rows of p->ids by product codes, 16 bytes of a code at a time. */
TARGET void vectorhub_product(probe *p, const float *table, int32_t count) {
    const __m512i lanes = _mm512_mullo_epi32(
        _mm512_set1_epi32(256), _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    for (int32_t i = 0; i < count; i++) {
        const uint8_t *row = row_of(p, p->ids[i]);
        __m512 sum = _mm512_setzero_ps();
        for (int32_t s = 0; s < p->length; s += 16) {
            int32_t left = p->length - s;
            __mmask16 mask = left >= 16 ? 0xFFFF : (__mmask16)((1u << left) - 1);
            __m512i bytes = _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(mask, row + s));
            __m512 added = _mm512_mask_i32gather_ps(
                _mm512_setzero_ps(), mask, _mm512_add_epi32(bytes, lanes), table + 256 * s, 4);
            sum = _mm512_add_ps(sum, added);
        }
        p->distances[i] = _mm512_reduce_add_ps(sum);
    }
}

/* For each row of p->ids two sums: its ones, and the query's levels where it has ones. A plane of the query has `words` words. */
__attribute__((target("popcnt"))) void vectorhub_bits(const probe *p, const uint64_t *planes, int32_t words,
                                                      int32_t plane_count, int32_t count, int32_t *sums) {
    for (int32_t i = 0; i < count; i++) {
        const uint64_t *row = (const uint64_t *)(p->rows + (int64_t)p->ids[i] * p->stride);
        int32_t ones = 0;
        int32_t levels = 0;
        for (int32_t word = 0; word < words; word++) {
            ones += __builtin_popcountll(row[word]);
        }
        for (int32_t plane = 0; plane < plane_count; plane++) {
            int32_t both = 0;
            for (int32_t word = 0; word < words; word++) {
                both += __builtin_popcountll(row[word] & planes[plane * words + word]);
            }
            levels += both << plane;
        }
        sums[2 * i] = ones;
        sums[2 * i + 1] = levels;
    }
}

/*
 * The neighbours of a vertex that this search sees for the first time, and their distances, unless they exceed the bound.
 * Returns how many.
 */
TARGET int32_t vectorhub_expand(probe *p, int32_t vertex, float bound) {
    const int32_t *links = (const int32_t *)(row_of(p, vertex) + p->tail + LINKS);
    int32_t linked = links[0];
    uint8_t stamp = (uint8_t)p->stamp;
    int32_t count = 0;
    for (int32_t i = 1; i <= linked; i++) {
        int32_t id = links[i];
        if (p->seen[id] != stamp) {
            p->seen[id] = stamp;
            p->ids[count++] = id;
            const uint8_t *row = row_of(p, id);
            for (int32_t line = 0; line <= p->tail; line += LINE) {
                _mm_prefetch((const char *)row + line, _MM_HINT_T0);
            }
        }
    }
    p->computed = count;
    distances(p, count);
    int32_t kept = 0;
    for (int32_t i = 0; i < count; i++) {
        if (p->distances[i] <= bound) {
            const uint8_t *row = row_of(p, p->ids[i]);
            for (int32_t line = (p->tail & -LINE) + LINE; line < p->stride; line += LINE) {
                _mm_prefetch((const char *)row + line, _MM_HINT_T0);
            }
            p->ids[kept] = p->ids[i];
            p->distances[kept++] = p->distances[i];
        }
    }
    return kept;
}
