package dev.vectorhub.api.qdrant.collection;

import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.VectorKind;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.List;

/** The vectors that a collection's points have. Collections have few, so that looking through them beats a map. */
public final class VectorSchema {

    private final String[] names;
    private final VectorKind[] kinds;
    private final int[] sizes;

    private VectorSchema(String[] names, VectorKind[] kinds, int[] sizes) {
        this.names = names;
        this.kinds = kinds;
        this.sizes = sizes;
    }

    public static VectorSchema of(CollectionSpec spec) {
        List<VectorParams> vectors = spec.getVectorsList();
        String[] names = new String[vectors.size()];
        VectorKind[] kinds = new VectorKind[names.length];
        int[] sizes = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = vectors.get(i).getName();
            kinds[i] = vectors.get(i).getKind();
            sizes[i] = vectors.get(i).getSize();
        }
        return new VectorSchema(names, kinds, sizes);
    }

    /**
     * What the vector is; the unnamed one has the empty name.
     *
     * @param name one that the collection has
     */
    public VectorKind kind(String name) {
        return kinds[index(name)];
    }

    /**
     * Dimensions of the vector, of a multi-vector those of a row; 0 for a sparse one.
     *
     * @param name one that the collection has
     */
    public int size(String name) {
        return sizes[index(name)];
    }

    private int index(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no vector of the name was asked for before");
    }

    public boolean has(String name) {
        for (String known : names) {
            if (known.equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Dimensions of the largest vector: a first guess before the name is known. */
    public int largest() {
        int largest = 1;
        for (int size : sizes) {
            largest = Math.max(largest, size);
        }
        return largest;
    }
}
