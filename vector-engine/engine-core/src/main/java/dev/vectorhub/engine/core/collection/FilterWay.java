package dev.vectorhub.engine.core.collection;

/** How the points of a part that fulfil a filter are searched. */
enum FilterWay {
    /** Compare all of them: exact, and cheap while they are few. */
    FLAT,
    /** Walk over those that fulfil it, passing over the others to their neighbours. */
    TWO_HOP,
    /** Walk over all and collect those that fulfil it. */
    COLLECT;

    /** Of the points: so rare a match is hardly linked with others. */
    private static final double FLAT_SHARE_MAX = 0.05;

    private static final int FLAT_POINTS_MAX = 20_000;
    /** Of the points: from here on a walk over all meets matches often enough. */
    static final double COLLECT_SHARE_MIN = 0.35;

    /**
     * The way that costs least.
     *
     * @param matches points that fulfil the filter, or an estimate
     * @param points of the part
     * @param flatMost so many are compared in the time of a walk past the others
     */
    static FilterWay of(long matches, long points, long flatMost) {
        if (matches <= flatMost || (matches <= FLAT_SHARE_MAX * points && matches <= FLAT_POINTS_MAX)) {
            return FLAT;
        }
        return matches < COLLECT_SHARE_MIN * points ? TWO_HOP : COLLECT;
    }
}
