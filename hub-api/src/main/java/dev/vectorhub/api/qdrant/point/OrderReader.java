package dev.vectorhub.api.qdrant.point;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vectorhub.api.qdrant.filter.Datetimes;
import dev.vectorhub.api.qdrant.json.BodyErrors;
import dev.vectorhub.engine.wire.v1.OrderBy;
import dev.vectorhub.engine.wire.v1.OrderValue;
import java.util.OptionalLong;

/** {@code order_by}: a payload key, or an object with {@code key}, {@code direction} and {@code start_from}. */
public final class OrderReader {

    private OrderReader() {}

    /** Reads the value at the path. */
    public static OrderBy read(JsonNode node, String at) {
        OrderBy.Builder order = OrderBy.newBuilder();
        if (node.isTextual()) {
            return order.setKey(key(node, at)).build();
        }
        if (!node.isObject()) {
            throw BodyErrors.format(at, "expected a payload key or an object");
        }
        if (!node.has("key")) {
            throw BodyErrors.format(at, "missing field `key`");
        }
        order.setKey(key(node.get("key"), at + ".key"));
        JsonNode direction = node.path("direction");
        if (!direction.isMissingNode() && !direction.isNull()) {
            switch (direction.asText()) {
                case "asc" -> order.setDescending(false);
                case "desc" -> order.setDescending(true);
                default -> throw BodyErrors.format(at + ".direction", "expected `asc` or `desc`");
            }
        }
        JsonNode start = node.path("start_from");
        if (!start.isMissingNode() && !start.isNull()) {
            order.setStartFrom(value(start, at + ".start_from"));
        }
        return order.build();
    }

    private static String key(JsonNode node, String at) {
        if (!node.isTextual()) {
            throw BodyErrors.format(at, "expected a string");
        }
        if (node.textValue().isEmpty()) {
            throw BodyErrors.invalid(at, "a payload key is not empty");
        }
        return node.textValue();
    }

    private static OrderValue value(JsonNode start, String at) {
        if (start.isIntegralNumber() && start.canConvertToLong()) {
            return OrderValue.newBuilder().setInteger(start.longValue()).build();
        }
        if (start.isNumber() && Double.isFinite(start.doubleValue())) {
            return OrderValue.newBuilder().setNumber(start.doubleValue()).build();
        }
        if (start.isTextual()) {
            OptionalLong micros = Datetimes.micros(start.textValue());
            if (micros.isPresent()) {
                return OrderValue.newBuilder().setDatetime(micros.getAsLong()).build();
            }
        }
        throw BodyErrors.format(at, "expected a number or a date, got " + BodyErrors.shown(start.toString()));
    }
}
