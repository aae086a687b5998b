package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vectorhub.api.pipeline.TenantCall;
import dev.vectorhub.api.qdrant.Target;
import dev.vectorhub.api.qdrant.TenantEngine;
import dev.vectorhub.api.qdrant.reply.Hardware;
import dev.vectorhub.api.qdrant.reply.PointWriter;
import dev.vectorhub.api.qdrant.reply.Reply;
import dev.vectorhub.engine.wire.v1.ScrollRequest;
import dev.vectorhub.engine.wire.v1.ScrollResponse;
import java.io.IOException;

/**
 * A page of a scroll in pieces of so many points that memory does not grow with the page. By id, a piece goes on where the one
 * before ended, as a client's next page does. Ordered by a value there is one piece: many points may share a value.
 */
public final class ScrollPieces implements Reply.Pieces {

    private static final int POINTS = 256;

    private final TenantEngine engine;
    private final TenantCall call;
    private final Target target;
    private final ScrollRequest request;
    private final PointWriter writer;
    private ScrollResponse piece;
    private int left;
    private boolean begun;
    private Hardware used;

    ScrollPieces(TenantEngine engine, TenantCall call, Target target, ScrollRequest request) {
        this.engine = engine;
        this.call = call;
        this.target = target;
        this.request = request;
        this.writer = new PointWriter(
                request.getWithPayload().getEnabled(), request.getWithVector().getEnabled());
        this.left = request.getLimit();
        this.piece = engine.scroll(call, target, request, points());
        this.used = PointOperations.used(piece.getCost(), piece.getPointsList());
    }

    private int points() {
        return request.hasOrderBy() ? left : Math.min(left, POINTS);
    }

    @Override
    public boolean next(JsonGenerator out) throws IOException {
        if (begun) {
            ScrollRequest on = request.toBuilder()
                    .setOffset(piece.getNextOffset())
                    .setLimit(points())
                    .build();
            piece = engine.scrollOn(call, target, on);
            used = used.plus(PointOperations.used(piece.getCost(), piece.getPointsList()));
        } else {
            out.writeStartObject();
            out.writeArrayFieldStart("points");
            begun = true;
        }
        for (int i = 0; i < piece.getPointsCount(); i++) {
            writer.record(out, piece.getPoints(i), i < piece.getOrderValuesCount() ? piece.getOrderValues(i) : null);
        }
        left -= piece.getPointsCount();
        if (left > 0 && piece.hasNextOffset() && !request.hasOrderBy()) {
            return true;
        }
        out.writeEndArray();
        out.writeFieldName("next_page_offset");
        if (piece.hasNextOffset()) {
            PointIdJson.write(out, piece.getNextOffset());
        } else {
            out.writeNull();
        }
        out.writeEndObject();
        return false;
    }

    @Override
    public Hardware used() {
        return used;
    }
}
