package dev.vectorhub.engine.core.filter;

import org.roaringbitmap.RoaringBitmap;

/**
 * What is known of the points of a part that fulfil a filter: at least {@code sure}, at most {@code possible}. What lies between
 * has to be asked of {@link PayloadMatcher}.
 *
 * @param sure ordinals, dead ones included; not to be changed
 * @param possible a superset of it; not to be changed
 */
@SuppressWarnings("ReferenceEquality") // one bitmap for both: exact, without counting
public record Bounds(RoaringBitmap sure, RoaringBitmap possible) {
    private static final RoaringBitmap NOTHING = new RoaringBitmap();

    public static Bounds exactly(RoaringBitmap ordinals) {
        return new Bounds(ordinals, ordinals);
    }

    public static Bounds atMost(RoaringBitmap possible) {
        return new Bounds(NOTHING, possible);
    }

    /** Nothing has to be asked. */
    public boolean exact() {
        return sure == possible || sure.getCardinality() == possible.getCardinality();
    }

    public Bounds and(Bounds other) {
        RoaringBitmap both = RoaringBitmap.and(possible, other.possible);
        return new Bounds(
                sure == possible && other.sure == other.possible ? both : RoaringBitmap.and(sure, other.sure), both);
    }

    public Bounds or(Bounds other) {
        RoaringBitmap any = RoaringBitmap.or(possible, other.possible);
        return new Bounds(
                sure == possible && other.sure == other.possible ? any : RoaringBitmap.or(sure, other.sure), any);
    }

    /** @param all ordinals of the part */
    Bounds not(RoaringBitmap all) {
        RoaringBitmap others = RoaringBitmap.andNot(all, sure);
        return new Bounds(sure == possible ? others : RoaringBitmap.andNot(all, possible), others);
    }

    public Bounds without(RoaringBitmap dead) {
        if (dead.isEmpty()) {
            return this;
        }
        RoaringBitmap alive = RoaringBitmap.andNot(possible, dead);
        return new Bounds(sure == possible ? alive : RoaringBitmap.andNot(sure, dead), alive);
    }
}
