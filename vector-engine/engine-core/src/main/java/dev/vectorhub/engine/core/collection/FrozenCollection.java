package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.CollectionConfig;
import dev.vectorhub.engine.core.FieldSpec;
import dev.vectorhub.engine.core.PayloadSelection;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.VectorSelection;
import java.util.Map;
import java.util.UUID;
import org.roaringbitmap.IntIterator;

/** A collection as it stood at one moment, to be read at leisure while commands go on; holds its memory until closed. */
public final class FrozenCollection implements AutoCloseable {
    private final UUID id;
    private final View view;

    /** Takes one point. */
    @FunctionalInterface
    public interface PointVisitor<E extends Exception> {
        void visit(PointRecord point) throws E;
    }

    private FrozenCollection(UUID id, View view) {
        this.id = id;
        this.view = view;
    }

    /**
     * The collection as it stands now.
     *
     * @throws dev.vectorhub.engine.core.StoreException {@code UNAVAILABLE} if the collection cannot be served
     */
    public static FrozenCollection of(LiveCollection collection) {
        collection.requireSound();
        return new FrozenCollection(collection.id(), collection.acquire());
    }

    public UUID id() {
        return id;
    }

    public CollectionConfig config() {
        return view.config().with(view.config().living());
    }

    public Map<String, FieldSpec> fields() {
        return view.fields();
    }

    public long points() {
        return view.alive();
    }

    /** In no order. */
    public <E extends Exception> void forEach(PointVisitor<E> visitor) throws E {
        Fetch fetch = new Fetch(view, PayloadSelection.ALL, VectorSelection.ALL);
        for (int p = 0; p < view.parts().size(); p++) {
            IntIterator ordinals = FilterRun.alive(view.parts().get(p)).getIntIterator();
            while (ordinals.hasNext()) {
                visitor.visit(fetch.point(new View.Place(p, ordinals.next())));
            }
        }
    }

    @Override
    public void close() {
        view.release();
    }
}
