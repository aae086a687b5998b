package dev.vectorhub.engine.core.collection;

import dev.vectorhub.engine.core.Ceilings;
import dev.vectorhub.engine.core.Filter;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.PointSelector;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.StoreException.Code;
import dev.vectorhub.engine.core.UpsertMode;
import dev.vectorhub.engine.core.VectorValue;
import dev.vectorhub.engine.core.collection.PreparedPoints.Prepared;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.payload.Json;
import dev.vectorhub.engine.core.payload.PayloadEditor;
import dev.vectorhub.engine.core.point.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The commands on the points of a collection. Each checks everything first and then changes all or nothing. */
public final class Commands {
    private Commands() {}

    /**
     * Writes points whole, as far as mode and condition let it; of a repeated id the last one counts.
     *
     * @param tenantBytes logical bytes of all the tenant's collections now
     */
    public static int upsert(
            LiveCollection collection,
            long index,
            List<PointRecord> points,
            UpsertMode mode,
            @Nullable Filter condition,
            Ceilings ceilings,
            LongSupplier tenantBytes) {
        Map<PointId, Prepared> prepared = PreparedPoints.of(points, collection.config());
        if (prepared.isEmpty()) {
            collection.requireSound();
            return 0;
        }
        return locked(collection, view -> {
            if (mode != UpsertMode.UPSERT || condition != null) {
                Present present = new Present(view, condition);
                prepared.keySet().removeIf(id -> !present.admits(id, mode));
                if (prepared.isEmpty()) {
                    return 0;
                }
            }
            List<View.Place> replaced = new ArrayList<>();
            long bytes = 0;
            for (Map.Entry<PointId, Prepared> entry : prepared.entrySet()) {
                bytes += entry.getValue().logicalBytes(entry.getKey(), collection.config());
                View.Place place = view.find(entry.getKey());
                if (place != null) {
                    replaced.add(place);
                    Part part = view.parts().get(place.part()).part();
                    bytes -= Edit.logicalBytes(collection, part, place.ordinal());
                }
            }
            require(ceilings, collection.points(), prepared.size() - replaced.size(), tenantBytes, bytes);
            change(collection, view, edit -> {
                replaced.forEach(edit::kill);
                prepared.forEach((id, point) -> edit.append(id, point.vectors(), point.payload(), index));
            });
            return prepared.size();
        });
    }

    /** Which points are there, and whether they fulfil a condition. */
    private static final class Present {
        private final View view;
        private final @Nullable FilterRun run;
        private final FilterRun.@Nullable Test[] tests;

        Present(View view, @Nullable Filter condition) {
            this.view = view;
            this.run = condition == null ? null : new FilterRun(condition, view);
            this.tests = new FilterRun.Test[view.parts().size()];
        }

        boolean admits(PointId id, UpsertMode mode) {
            View.Place place = view.find(id);
            if (place == null) {
                return mode != UpsertMode.UPDATE_ONLY;
            }
            return mode != UpsertMode.INSERT_ONLY && fulfils(place);
        }

        boolean fulfils(View.Place place) {
            if (run == null) {
                return true;
            }
            FilterRun.Test test = tests[place.part()];
            if (test == null) {
                test = run.test(view.parts().get(place.part()));
                tests[place.part()] = test;
            }
            return test.holds(place.ordinal());
        }
    }

    /**
     * Sets vectors of points that are there; what a point does not name it keeps.
     *
     * @param points their payloads are not read
     * @param condition points that do not fulfil it stay as they are
     */
    public static int updateVectors(
            LiveCollection collection,
            long index,
            List<PointRecord> points,
            @Nullable Filter condition,
            Ceilings ceilings,
            LongSupplier tenantBytes) {
        Map<PointId, Prepared> prepared = PreparedPoints.of(points, collection.config());
        return locked(collection, view -> {
            Present present = new Present(view, condition);
            List<Changed> changed = new ArrayList<>(prepared.size());
            long bytes = 0;
            for (Map.Entry<PointId, Prepared> entry : prepared.entrySet()) {
                View.Place place = view.find(entry.getKey());
                if (place == null) {
                    throw StoreException.notFound("No point with id " + entry.getKey() + " found");
                }
                if (present.fulfils(place)) {
                    Part part = view.parts().get(place.part()).part();
                    VectorValue[] vectors = vectors(collection, part, place.ordinal());
                    bytes -= StoredVectors.logicalBytes(collection.config().vectors(), vectors);
                    for (int v = 0; v < vectors.length; v++) {
                        VectorValue given = entry.getValue().vectors()[v];
                        vectors[v] = given == null ? vectors[v] : given;
                    }
                    bytes += StoredVectors.logicalBytes(collection.config().vectors(), vectors);
                    changed.add(new Changed(place, vectors));
                }
            }
            require(ceilings, 0, 0, tenantBytes, bytes);
            return revector(collection, view, index, changed);
        });
    }

    /** Takes vectors away; a point stays, even without any. */
    public static int deleteVectors(LiveCollection collection, long index, PointSelector selector, List<String> names) {
        List<Integer> positions = names.stream()
                .map(name -> PreparedPoints.position(collection.config(), name))
                .toList();
        return locked(collection, view -> {
            List<Changed> changed = new ArrayList<>();
            for (View.Place place : Selecting.places(view, selector)) {
                VectorValue[] vectors =
                        vectors(collection, view.parts().get(place.part()).part(), place.ordinal());
                boolean had = false;
                for (int v : positions) {
                    had |= vectors[v] != null;
                    vectors[v] = null;
                }
                if (had) {
                    changed.add(new Changed(place, vectors));
                }
            }
            return revector(collection, view, index, changed);
        });
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Changed(View.Place place, @Nullable VectorValue[] vectors) {}

    private static int revector(LiveCollection collection, View view, long index, List<Changed> changed) {
        if (!changed.isEmpty()) {
            change(collection, view, edit -> {
                for (Changed point : changed) {
                    Part part = view.parts().get(point.place().part()).part();
                    int ordinal = point.place().ordinal();
                    edit.kill(point.place());
                    byte[] payload = part.payloads().payload(ordinal);
                    edit.append(part.id(ordinal), point.vectors(), payload, index);
                }
            });
        }
        return changed.size();
    }

    private static void require(Ceilings ceilings, long points, long added, LongSupplier tenantBytes, long bytes) {
        if (ceilings.points() > 0 && added > 0 && points + added > ceilings.points()) {
            throw new StoreException(
                    Code.POINT_CEILING,
                    "points of the collection: limit " + ceilings.points() + ", used " + points + ", requested "
                            + added,
                    ceilings.points(),
                    points,
                    added);
        }
        if (ceilings.tenantBytes() > 0 && bytes > 0) {
            long used = tenantBytes.getAsLong();
            if (used + bytes > ceilings.tenantBytes()) {
                throw new StoreException(
                        Code.BYTE_CEILING,
                        "bytes of the tenant: limit " + ceilings.tenantBytes() + ", used " + used + ", requested "
                                + bytes,
                        ceilings.tenantBytes(),
                        used,
                        bytes);
            }
        }
    }

    public static int delete(LiveCollection collection, PointSelector selector) {
        return locked(collection, view -> {
            List<View.Place> places = Selecting.places(view, selector);
            if (!places.isEmpty()) {
                change(collection, view, edit -> places.forEach(edit::kill));
            }
            return places.size();
        });
    }

    /**
     * Merges the object into the payload of the selected points, into its object at {@code key} unless that is empty; with
     * {@code overwrite} it becomes the payload.
     *
     * @param tenantBytes logical bytes of all the tenant's collections now
     */
    public static int setPayload(
            LiveCollection collection,
            long index,
            PointSelector selector,
            byte[] payloadJson,
            boolean overwrite,
            String key,
            Ceilings ceilings,
            LongSupplier tenantBytes) {
        byte[] patch = Json.requireObject(payloadJson);
        FieldPath at = key.isEmpty() ? null : FieldPath.parse(key);
        return rewrite(
                collection,
                index,
                selector,
                payload -> overwrite ? patch : PayloadEditor.merge(payload, patch, at),
                growth -> require(ceilings, 0, 0, tenantBytes, growth));
    }

    public static int deletePayload(LiveCollection collection, long index, PointSelector selector, List<String> keys) {
        List<FieldPath> paths = keys.stream().map(FieldPath::parse).toList();
        return rewrite(collection, index, selector, payload -> PayloadEditor.delete(payload, paths), Commands::shrinks);
    }

    public static int clearPayload(LiveCollection collection, long index, PointSelector selector) {
        return rewrite(collection, index, selector, payload -> new byte[0], Commands::shrinks);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Rewritten(View.Place place, byte[] payload) {}

    /** For commands that only take away: they stay open over quota. */
    private static void shrinks(long growth) {}

    /** @param admit throws if the payload of all selected points together must not grow by so many bytes */
    private static int rewrite(
            LiveCollection collection,
            long index,
            PointSelector selector,
            UnaryOperator<byte[]> change,
            LongConsumer admit) {
        return locked(collection, view -> {
            List<Rewritten> rewritten = new ArrayList<>();
            long growth = 0;
            int lastPart = -1;
            Part.PayloadCursor payloads = Part.PayloadCursor.of(ordinal -> new byte[0]);
            for (View.Place place : Selecting.places(view, selector)) {
                if (place.part() != lastPart) {
                    payloads = view.parts().get(place.part()).part().payloads();
                    lastPart = place.part();
                }
                byte[] before = payloads.payload(place.ordinal());
                byte[] after = change.apply(before);
                growth += after.length - before.length;
                rewritten.add(new Rewritten(place, after));
            }
            admit.accept(growth);
            if (!rewritten.isEmpty()) {
                change(collection, view, edit -> {
                    for (Rewritten point : rewritten) {
                        Part part = view.parts().get(point.place().part()).part();
                        int ordinal = point.place().ordinal();
                        edit.kill(point.place());
                        edit.append(part.id(ordinal), vectors(collection, part, ordinal), point.payload(), index);
                    }
                });
            }
            return rewritten.size();
        });
    }

    private static @Nullable VectorValue[] vectors(LiveCollection collection, Part part, int ordinal) {
        return StoredVectors.all(collection.config().vectors(), part, ordinal);
    }

    private static int locked(LiveCollection collection, ToIntFunction<View> command) {
        collection.requireSound();
        collection.lock().lock();
        try {
            View view = collection.acquire();
            try {
                return command.applyAsInt(view);
            } finally {
                view.release();
            }
        } finally {
            collection.lock().unlock();
        }
    }

    private interface Change {
        void on(Edit edit);
    }

    /** All refusals lie behind: what fails here (memory, a defect) leaves the collection to be recovered from the log. */
    private static void change(LiveCollection collection, View view, Change change) {
        Edit edit = new Edit(collection, view);
        boolean done = false;
        try {
            change.on(edit);
            edit.publish();
            done = true;
        } finally {
            if (!done) {
                collection.breakOff(new StoreException(
                        Code.UNAVAILABLE,
                        "collection " + collection.id() + " failed within a command and has to be reopened"));
            }
        }
    }
}
