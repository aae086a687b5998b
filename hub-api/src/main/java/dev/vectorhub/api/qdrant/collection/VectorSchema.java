package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.api.pipeline.TenantApiException;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.List;

/** The vectors that a collection's points have. Collections have few, so that looking through them beats a map. */
public final class VectorSchema {

    private final String[] names;
    private final int[] sizes;

    private VectorSchema(String[] names, int[] sizes) {
        this.names = names;
        this.sizes = sizes;
    }

    public static VectorSchema of(CollectionSpec spec) {
        List<VectorParams> vectors = spec.getVectorsList();
        String[] names = new String[vectors.size()];
        int[] sizes = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = vectors.get(i).getName();
            sizes[i] = vectors.get(i).getSize();
        }
        return new VectorSchema(names, sizes);
    }

    /**
     * Dimensions of the vector; the unnamed one has the empty name.
     *
     * @throws TenantApiException 400 for a name that the collection has not
     */
    public int size(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return sizes[i];
            }
        }
        throw TenantApiException.wrongInput("Not existing vector name error: " + BodyErrors.shown(name));
    }

    /** Dimensions of the largest vector: a first guess before the name is known. */
    public int largest() {
        int largest = 1;
        for (int size : sizes) {
            largest = Math.max(largest, size);
        }
        return largest;
    }

    /** Components of all vectors of a point. */
    public long total() {
        long total = 0;
        for (int size : sizes) {
            total += size;
        }
        return total;
    }
}
