package dev.vectorhub.api.qdrant.point;

import dev.vectorhub.api.qdrant.filter.FilterReader;
import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.Filter;
import dev.vectorhub.engine.wire.v1.PointIds;
import dev.vectorhub.engine.wire.v1.Selector;
import org.jspecify.annotations.Nullable;

/** Which points a write is for: {@code points}, a list of ids, or {@code filter}. */
final class SelectorReader {

    private final JsonBody body;
    private PointIds.@Nullable Builder ids;
    private @Nullable Filter filter;
    private int seen;

    SelectorReader(JsonBody body) {
        this.body = body;
    }

    /** Reads the field if it is one of the selector's; else reads nothing and says false. */
    boolean field(String name) {
        switch (name) {
            case "points" -> {
                seen = body.once(seen, 1);
                if (!body.isNull()) {
                    body.expectArray();
                    ids = PointIds.newBuilder();
                    while (body.nextElement()) {
                        ids.addIds(PointIdJson.read(body));
                    }
                }
            }
            case "filter" -> {
                seen = body.once(seen, 2);
                filter = FilterReader.read(body);
            }
            case "shard_key" -> {
                if (!body.isNull()) {
                    throw body.unsupported("shard keys are");
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The selector, once the object has ended. */
    Selector selector() {
        if (ids != null && filter != null) {
            throw body.format("either `points` or `filter`, not both");
        }
        if (ids != null) {
            return Selector.newBuilder().setIds(ids).build();
        }
        if (filter != null) {
            return Selector.newBuilder().setFilter(filter).build();
        }
        throw body.format("missing field `points` or `filter`");
    }

    /** {@code POST …/points/delete} and {@code …/points/payload/clear}. */
    static Selector read(byte[] bytes) {
        return JsonBody.read(bytes, SelectorReader::read);
    }

    static Selector read(JsonBody body) {
        body.expectObject();
        SelectorReader reader = new SelectorReader(body);
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            if (!reader.field(field)) {
                body.skip();
            }
        }
        return reader.selector();
    }
}
