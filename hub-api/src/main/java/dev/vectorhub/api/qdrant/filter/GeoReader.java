package dev.vectorhub.api.qdrant.filter;

import dev.vectorhub.api.qdrant.json.JsonBody;
import dev.vectorhub.engine.wire.v1.GeoBoundingBox;
import dev.vectorhub.engine.wire.v1.GeoPoint;
import dev.vectorhub.engine.wire.v1.GeoPolygon;
import dev.vectorhub.engine.wire.v1.GeoRadius;
import dev.vectorhub.engine.wire.v1.GeoRing;
import org.jspecify.annotations.Nullable;

/** Geo checks, each without its key. */
final class GeoReader {

    private static final int RING_MIN = 4;

    /** Of all rings of a polygon. */
    static final int PLACES_MAX = 100_000;

    private GeoReader() {}

    static GeoBoundingBox.Builder box(JsonBody body) {
        body.expectObject();
        GeoPoint topLeft = null;
        GeoPoint bottomRight = null;
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "top_left" -> {
                    seen = body.once(seen, 1);
                    topLeft = place(body);
                }
                case "bottom_right" -> {
                    seen = body.once(seen, 2);
                    bottomRight = place(body);
                }
                default -> body.skip();
            }
        }
        return GeoBoundingBox.newBuilder()
                .setTopLeft(given(body, topLeft, "top_left"))
                .setBottomRight(given(body, bottomRight, "bottom_right"));
    }

    static GeoRadius.Builder radius(JsonBody body) {
        body.expectObject();
        GeoPoint center = null;
        Double meters = null;
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "center" -> {
                    seen = body.once(seen, 1);
                    center = place(body);
                }
                case "radius" -> {
                    seen = body.once(seen, 2);
                    meters = body.float64();
                }
                default -> body.skip();
            }
        }
        return GeoRadius.newBuilder().setCenter(given(body, center, "center")).setMeters(given(body, meters, "radius"));
    }

    static GeoPolygon.Builder polygon(JsonBody body) {
        body.expectObject();
        GeoPolygon.Builder polygon = GeoPolygon.newBuilder();
        GeoRing exterior = null;
        int seen = 0;
        int places = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "exterior" -> {
                    seen = body.once(seen, 1);
                    exterior = ring(body, places);
                    places += exterior.getPointsCount();
                }
                case "interiors" -> {
                    seen = body.once(seen, 2);
                    if (!body.isNull()) {
                        body.expectArray();
                        while (body.nextElement()) {
                            GeoRing interior = ring(body, places);
                            places += interior.getPointsCount();
                            polygon.addInteriors(interior);
                        }
                    }
                }
                default -> body.skip();
            }
        }
        return polygon.setExterior(given(body, exterior, "exterior"));
    }

    /** @param before places of the polygon so far */
    private static GeoRing ring(JsonBody body, int before) {
        body.expectObject();
        GeoRing.Builder ring = GeoRing.newBuilder();
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            if (field.equals("points")) {
                seen = body.once(seen, 1);
                body.expectArray();
                while (body.nextElement()) {
                    if (before + ring.getPointsCount() == PLACES_MAX) {
                        throw body.invalid("a polygon has at most " + PLACES_MAX + " points");
                    }
                    ring.addPoints(place(body));
                }
            } else {
                body.skip();
            }
        }
        if (seen == 0) {
            throw body.missing("points");
        }
        int size = ring.getPointsCount();
        if (size < RING_MIN) {
            throw body.invalid("polygon invalid, the size must be at least " + RING_MIN + ", got " + size);
        }
        if (!ring.getPoints(0).equals(ring.getPoints(size - 1))) {
            throw body.invalid(
                    "polygon invalid, the first and the last points should be the same to form a closed line");
        }
        return ring.build();
    }

    private static GeoPoint place(JsonBody body) {
        body.expectObject();
        Double lat = null;
        Double lon = null;
        int seen = 0;
        for (String field = body.nextField(); field != null; field = body.nextField()) {
            switch (field) {
                case "lat" -> {
                    seen = body.once(seen, 1);
                    lat = degrees(body, 90);
                }
                case "lon" -> {
                    seen = body.once(seen, 2);
                    lon = degrees(body, 180);
                }
                default -> body.skip();
            }
        }
        return GeoPoint.newBuilder()
                .setLat(given(body, lat, "lat"))
                .setLon(given(body, lon, "lon"))
                .build();
    }

    private static double degrees(JsonBody body, int max) {
        double degrees = body.float64();
        if (Math.abs(degrees) > max) {
            throw body.invalid("value " + degrees + " invalid, must be from -" + max + " to " + max);
        }
        return degrees;
    }

    private static <T> T given(JsonBody body, @Nullable T value, String field) {
        if (value == null) {
            throw body.missing(field);
        }
        return value;
    }
}
