package dev.vectorhub.engine.node;

import dev.vectorhub.engine.wire.v1.CollectionSpec;
import dev.vectorhub.engine.wire.v1.Command;
import dev.vectorhub.engine.wire.v1.Distance;
import dev.vectorhub.engine.wire.v1.HnswParams;
import dev.vectorhub.engine.wire.v1.Point;
import dev.vectorhub.engine.wire.v1.VectorParams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * What one writer of one round does: a fixed sequence of commands, so that the process that writes and the one that checks
 * need only agree on how far it came. Each writer has its own ids.
 */
final class CrashLoad {
    static final int WRITERS = 4;
    static final int IDS_PER_WRITER = 100;
    /** Commands that a writer has in flight. */
    static final int WINDOW = 4;

    static final Wire WIRE = Wire.of(1, 8);
    private static final int POINTS_MAX = 8;

    /** A collection where few points are many: they get graphs and indexes. */
    static CollectionSpec spec(int size) {
        return CollectionSpec.newBuilder()
                .addVectors(VectorParams.newBuilder().setSize(size).setDistance(Distance.EUCLID))
                .setHnsw(HnswParams.newBuilder().setM(4).setEfConstruct(20).setFullScanThreshold(30))
                .build();
    }

    /** What a point holds: the versions of its vector and of its payload. */
    record Held(int vector, int payload) {
        /** As the writing process prints a point that it finds. */
        String print(long id) {
            return print(id, WIRE.point(id, vector), Wire.payload(id, payload));
        }

        static String print(long id, Point point, String payload) {
            var crc = new CRC32C();
            crc.update(point.getVectors(0).getF32().asReadOnlyByteBuffer());
            return "P " + id + " " + Long.toHexString(crc.getValue()) + " " + payload;
        }
    }

    /** One command and what it does to the points. */
    record Step(Command command, List<Long> ids, Kind kind, int version) {
        void applyTo(Map<Long, Held> points) {
            for (long id : ids) {
                switch (kind) {
                    case UPSERT -> points.put(id, new Held(version, version));
                    case DELETE -> points.remove(id);
                    case SET_PAYLOAD -> points.computeIfPresent(id, (i, held) -> new Held(held.vector(), version));
                }
            }
        }
    }

    enum Kind {
        UPSERT,
        DELETE,
        SET_PAYLOAD
    }

    private final Random random;
    private final int writer;
    private final int round;
    private int made;

    CrashLoad(int round, int writer) {
        this.random = new Random(1000L * round + writer);
        this.round = round;
        this.writer = writer;
    }

    static int writerOf(long id) {
        return (int) (id / IDS_PER_WRITER);
    }

    Step next() {
        int version = round * 1_000_000 + ++made;
        List<Long> ids = new ArrayList<>();
        for (int i = random.nextInt(POINTS_MAX); i >= 0; i--) {
            long id = (long) writer * IDS_PER_WRITER + random.nextInt(IDS_PER_WRITER);
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        Kind kind = switch (random.nextInt(10)) {
            case 0, 1, 2 -> Kind.DELETE;
            case 3 -> Kind.SET_PAYLOAD;
            default -> Kind.UPSERT;
        };
        return new Step(command(kind, ids, version), ids, kind, version);
    }

    private static Command command(Kind kind, List<Long> ids, int version) {
        return switch (kind) {
            case UPSERT -> {
                List<Point> points = new ArrayList<>();
                ids.forEach(id -> points.add(WIRE.point(id, version)));
                yield WIRE.upsert(points, 0, 0);
            }
            case DELETE -> WIRE.delete(ids.stream().mapToLong(Long::longValue).toArray());
            case SET_PAYLOAD -> {
                // The payload names its point, so one point only.
                long id = ids.getFirst();
                while (ids.size() > 1) {
                    ids.removeLast();
                }
                yield WIRE.setPayload(id, Wire.payload(id, version));
            }
        };
    }
}
