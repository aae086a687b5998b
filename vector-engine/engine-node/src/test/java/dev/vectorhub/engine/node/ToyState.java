package dev.vectorhub.engine.node;

import dev.vectorhub.engine.core.Datatype;
import dev.vectorhub.engine.core.NamedVector;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import dev.vectorhub.engine.core.PointSelector;
import dev.vectorhub.engine.node.codec.CommandCodec;
import dev.vectorhub.engine.node.codec.StoreCommand;
import dev.vectorhub.engine.wire.v1.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Ids and payloads in a map, and a file that a checkpoint writes: as little state as a log can drive. */
final class ToyState implements LoggedState {
    /** A point with this id fails like a broken disk while {@link #broken}, and with the next like a bug. */
    static final long BROKEN_ID = 666;

    static final long BUG_ID = 667;

    private final StateFile file;
    private final TreeMap<String, String> points = new TreeMap<>();
    private final long durableIndex;
    volatile boolean broken;
    volatile int applied;

    ToyState(Path dir) throws IOException {
        file = new StateFile(dir.resolve("toy"), "toy 1");
        Map<String, String> stored = file.read();
        if (stored == null) {
            durableIndex = 0;
            return;
        }
        points.putAll(stored);
        durableIndex = Long.parseLong(points.remove("durable"));
    }

    static void lose(Path dir) throws IOException {
        Files.delete(dir.resolve("toy"));
    }

    synchronized Map<String, String> points() {
        return new TreeMap<>(points);
    }

    @Override
    public Prepared prepare(Command command) {
        StoreCommand decoded = CommandCodec.decode(command);
        return index -> apply(index, decoded);
    }

    @Override
    public synchronized PendingCheckpoint beginCheckpoint(long index) {
        TreeMap<String, String> fixed = new TreeMap<>(points);
        fixed.put("durable", Long.toString(index));
        return () -> {
            try {
                file.write(fixed);
                return index;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public boolean wantsCheckpoint() {
        return false;
    }

    @Override
    public long durableIndex() {
        return durableIndex;
    }

    private synchronized int apply(long index, StoreCommand command) {
        if (index <= durableIndex) {
            return 0;
        }
        applied++;
        return switch (command) {
            case StoreCommand.Upsert upsert -> {
                upsert.points().forEach(this::put);
                yield upsert.points().size();
            }
            case StoreCommand.DeletePoints delete -> {
                List<PointId> ids = ((PointSelector.Ids) delete.selector()).ids();
                ids.forEach(id -> points.remove(id.toString()));
                yield ids.size();
            }
            default -> throw new AssertionError(command);
        };
    }

    private void put(PointRecord point) {
        if (point.id().equals(PointId.of(BROKEN_ID)) && broken) {
            throw new UncheckedIOException(new IOException("disk gone"));
        }
        if (point.id().equals(PointId.of(BUG_ID))) {
            throw new IllegalStateException("a bug");
        }
        long components = 0;
        for (NamedVector vector : point.vectors()) {
            components += vector.value().logicalBytes(Datatype.FLOAT32) / 4;
        }
        points.put(point.id().toString(), components + " " + point.payloadJson().length);
    }
}
