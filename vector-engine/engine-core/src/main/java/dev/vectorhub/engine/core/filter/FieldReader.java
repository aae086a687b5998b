package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.FieldType;
import dev.vectorhub.engine.core.StoreException;
import dev.vectorhub.engine.core.payload.FieldPath;
import dev.vectorhub.engine.core.payload.JsonBytes;
import java.util.UUID;

/** Reads the values of some fields of payloads, as indexes of their types see them. One thread at a time. */
public final class FieldReader {
    private final PayloadScan scan = new PayloadScan();

    /** The sink hears of the field in each payload that is read from now on. */
    public void add(FieldPath path, FieldType type, FieldSink sink) {
        scan.add(path, (json, at) -> value(json, at, type, sink));
    }

    /**
     * Reads one payload.
     *
     * @param at of the payload in {@code json}
     * @param length 0 for no payload
     */
    public void over(byte[] json, int at, int length) {
        if (length > 0) {
            try {
                scan.over(json, at);
            } catch (IndexOutOfBoundsException e) {
                throw new StoreException(StoreException.Code.INTERNAL, "stored payload is not readable", e);
            }
        }
    }

    private static void value(byte[] json, int at, FieldType type, FieldSink sink) {
        sink.value(json[at] == 'n', PayloadMatcher.count(json, at));
        if (json[at] != '[') {
            element(json, at, type, sink);
            return;
        }
        int i = JsonBytes.white(json, at + 1);
        while (json[i] != ']') {
            element(json, i, type, sink);
            i = PayloadScan.next(json, JsonBytes.skip(json, i));
        }
    }

    private static void element(byte[] json, int at, FieldType type, FieldSink sink) {
        byte first = json[at];
        if (first == 'n') {
            return;
        }
        sink.present();
        switch (type) {
            case KEYWORD -> {
                if (first == '"') {
                    sink.keyword(JsonBytes.text(json, at, JsonBytes.stringEnd(json, at)));
                }
            }
            case TEXT -> {
                if (first == '"') {
                    sink.text(JsonBytes.text(json, at, JsonBytes.stringEnd(json, at)));
                }
            }
            case INTEGER -> {
                if (JsonBytes.isLong(json, at)) {
                    sink.integer(JsonBytes.longValue(json, at));
                } else if (JsonBytes.isNumber(first)) {
                    sink.number(JsonBytes.doubleValue(json, at));
                }
            }
            case FLOAT -> {
                if (JsonBytes.isNumber(first)) {
                    sink.number(JsonBytes.doubleValue(json, at));
                }
            }
            case BOOL -> {
                if (first == 't' || first == 'f') {
                    sink.bool(first == 't');
                }
            }
            case DATETIME -> {
                long micros = ValueTest.micros(json, at);
                if (micros != Datetimes.NONE) {
                    sink.datetime(micros);
                }
            }
            case UUID -> {
                if (first == '"') {
                    UUID uuid = Uuids.at(json, at);
                    if (uuid == null) {
                        sink.other();
                    } else {
                        sink.uuid(uuid);
                    }
                }
            }
            case GEO ->
                GeoValue.test(json, at, (lat, lon) -> {
                    sink.place(lat, lon);
                    return true;
                });
        }
    }
}
