package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.payload.JsonBytes;

/** A place in a payload: an object with the numbers {@code lon} and {@code lat}. */
final class GeoValue {
    private GeoValue() {}

    @FunctionalInterface
    interface Places {
        boolean test(double lat, double lon);
    }

    /** The answer of {@code places}; false if the value is no place. */
    static boolean test(byte[] json, int at, Places places) {
        if (json[at] != '{') {
            return false;
        }
        int lat = -1;
        int lon = -1;
        int i = JsonBytes.white(json, at + 1);
        while (json[i] != '}' && (lat < 0 || lon < 0)) {
            int end = JsonBytes.stringEnd(json, i);
            int value = JsonBytes.white(json, JsonBytes.white(json, end + 1) + 1);
            if (isNamed(json, i, end, 'o', 'n')) {
                lon = value;
            } else if (isNamed(json, i, end, 'a', 't')) {
                lat = value;
            }
            i = PayloadScan.next(json, JsonBytes.skip(json, value));
        }
        return lat >= 0
                && lon >= 0
                && JsonBytes.isNumber(json[lat])
                && JsonBytes.isNumber(json[lon])
                && places.test(JsonBytes.doubleValue(json, lat), JsonBytes.doubleValue(json, lon));
    }

    /** Whether the name is {@code l} and these two letters. */
    private static boolean isNamed(byte[] json, int at, int end, char second, char third) {
        if (end - at == 4) {
            return json[at + 1] == 'l' && json[at + 2] == second && json[at + 3] == third;
        }
        return JsonBytes.hasEscape(json, at, end)
                && JsonBytes.text(json, at, end).equals("l" + second + third);
    }
}
