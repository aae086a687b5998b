package dev.vectorhub.api.agree;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.GeoBoundingBox;
import io.qdrant.client.grpc.Common.GeoLineString;
import io.qdrant.client.grpc.Common.GeoPoint;
import io.qdrant.client.grpc.Common.GeoPolygon;
import io.qdrant.client.grpc.Common.GeoRadius;
import java.util.Random;
import java.util.function.Predicate;

/** Conditions on where a point is. Points are at whole degrees, borders are between them. */
final class Places {

    private Places() {}

    static Filters.Meaning<Condition> condition(Random random) {
        double lon = random.nextInt(300) - 150.5;
        double lat = random.nextInt(140) - 70.5;
        int width = 1 + random.nextInt(120);
        int height = 1 + random.nextInt(70);
        FieldCondition.Builder field = FieldCondition.newBuilder().setKey("place");
        return switch (random.nextInt(3)) {
            case 0 -> {
                double east = Math.min(lon + width, 179.5);
                double north = Math.min(lat + height, 89.5);
                field.setGeoBoundingBox(
                        GeoBoundingBox.newBuilder().setTopLeft(at(lon, north)).setBottomRight(at(east, lat)));
                yield of(field, doc -> doc.lon() > lon && doc.lon() < east && doc.lat() > lat && doc.lat() < north);
            }
            case 1 -> {
                float radius = 100_000 * (1 + random.nextInt(60));
                field.setGeoRadius(
                        GeoRadius.newBuilder().setCenter(at(lon, lat)).setRadius(radius));
                yield of(field, doc -> Formulas.metres(lat, lon, doc.lat(), doc.lon()) <= radius);
            }
            default -> {
                // a triangle with a right angle at its west and south
                double east = Math.min(lon + width, 179.5);
                double north = Math.min(lat + height, 89.5);
                GeoLineString.Builder border = GeoLineString.newBuilder()
                        .addPoints(at(lon, lat))
                        .addPoints(at(east, lat))
                        .addPoints(at(lon, north + 0.013))
                        .addPoints(at(lon, lat));
                field.setGeoPolygon(GeoPolygon.newBuilder().setExterior(border));
                yield of(
                        field,
                        doc -> doc.lon() > lon
                                && doc.lat() > lat
                                && (doc.lon() - lon) / (east - lon) + (doc.lat() - lat) / (north + 0.013 - lat) < 1);
            }
        };
    }

    private static Filters.Meaning<Condition> of(FieldCondition.Builder field, Predicate<Doc> holds) {
        return new Filters.Meaning<>(Condition.newBuilder().setField(field).build(), holds);
    }

    private static GeoPoint.Builder at(double lon, double lat) {
        return GeoPoint.newBuilder().setLon(lon).setLat(lat);
    }
}
