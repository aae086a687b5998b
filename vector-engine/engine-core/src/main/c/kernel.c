/*
 * Batches of distances over rows of int8 codes, for processors with AVX-512 VNNI. The twin of ScalarProbe and VectorProbe:
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
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("fma");
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
