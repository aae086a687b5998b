package dev.vectorhub.engine.node;

import com.google.protobuf.ByteString;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the commands that were applied to tenants and collections, in a fixed number of stripes that several of them may
 * share: two reads of the same version, with no command under way, saw the same state. What shares a stripe with something
 * that is written only seems written.
 */
final class WriteVersions {
    /** What {@link #of} answers while a command is being applied. */
    static final long UNDER_WAY = -1;

    private static final int STRIPES = 1 << 12;

    private final AtomicLongArray begun = new AtomicLongArray(STRIPES);
    private final AtomicLongArray ended = new AtomicLongArray(STRIPES);

    /** A command changes the collection, or, without one, all of the tenant's; pair each call with {@link #end}. */
    void begin(ByteString tenant, ByteString collection) {
        begun.incrementAndGet(stripe(tenant, collection));
    }

    void end(ByteString tenant, ByteString collection) {
        ended.incrementAndGet(stripe(tenant, collection));
    }

    /**
     * The version of a collection's state, never smaller than before. Whoever reads the state after it asked sees what that
     * version stands for, or something newer.
     */
    long of(ByteString tenant, ByteString collection) {
        // the ends first: equal to the beginnings that are read later, none was under way in between
        int whole = stripe(tenant, ByteString.EMPTY);
        int one = stripe(tenant, collection);
        long done = ended.get(whole) + ended.get(one);
        long all = begun.get(whole) + begun.get(one);
        return done == all ? all : UNDER_WAY;
    }

    /** Commands on a tenant and those on its collections have stripes of their own. */
    private static int stripe(ByteString tenant, ByteString collection) {
        int hash = (collection.isEmpty() ? tenant : collection).hashCode();
        return ((hash ^ (hash >>> 16)) * 0x9E3779B9) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(STRIPES));
    }
}
