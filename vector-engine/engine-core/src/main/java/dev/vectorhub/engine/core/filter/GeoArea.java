package dev.vectorhub.engine.core.filter;

import dev.vectorhub.engine.core.Condition.GeoBox;
import dev.vectorhub.engine.core.Condition.GeoPoint;
import dev.vectorhub.engine.core.Condition.GeoPolygon;
import dev.vectorhub.engine.core.Condition.GeoRadius;
import java.util.ArrayList;
import java.util.List;

/** What a geo condition encloses. */
public interface GeoArea {
    /** Mean radius of the Earth in metres (IUGG). */
    double EARTH_METERS = 6_371_008.8;

    boolean contains(double lat, double lon);

    /** Boxes that together hold the area, perhaps more; edges included. */
    List<Box> bounds();

    record Box(double south, double north, double west, double east) {}

    static GeoArea of(GeoBox box) {
        double south = box.bottomRight().lat();
        double north = box.topLeft().lat();
        double west = box.topLeft().lon();
        double east = box.bottomRight().lon();
        boolean wraps = west > east;
        return new GeoArea() {
            @Override
            public boolean contains(double lat, double lon) {
                boolean within = wraps ? lon > west || lon < east : west < lon && lon < east;
                return within && south < lat && lat < north;
            }

            @Override
            public List<Box> bounds() {
                return wraps
                        ? List.of(
                                new Box(south, north, west, Double.POSITIVE_INFINITY),
                                new Box(south, north, Double.NEGATIVE_INFINITY, east))
                        : List.of(new Box(south, north, west, east));
            }
        };
    }

    static GeoArea of(GeoRadius circle) {
        GeoPoint center = circle.center();
        double meters = circle.meters();
        double radians = Math.toRadians(center.lat());
        double cosine = Math.cos(radians);
        return new GeoArea() {
            @Override
            public boolean contains(double lat, double lon) {
                double other = Math.toRadians(lat);
                double a = Math.sin((other - radians) / 2);
                double b = Math.sin(Math.toRadians(lon - center.lon()) / 2);
                double c = a * a + cosine * Math.cos(other) * b * b;
                return 2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(c))) < meters;
            }

            @Override
            public List<Box> bounds() {
                return around(center, meters);
            }
        };
    }

    private static List<Box> around(GeoPoint center, double meters) {
        // a little more, so that rounding loses nothing
        double angle = Math.max(0, meters) / EARTH_METERS * 1.000001 + 1e-9;
        double lat = Math.toRadians(center.lat());
        double south = lat - angle;
        double north = lat + angle;
        double everywhere = Double.POSITIVE_INFINITY;
        // latitudes beyond the poles are no points of the sphere, but numbers that a payload may hold
        if (south <= -Math.PI / 2 || north >= Math.PI / 2) {
            return List.of(new Box(-everywhere, everywhere, -everywhere, everywhere));
        }
        double reach = Math.toDegrees(Math.asin(Math.min(1, Math.sin(angle) / Math.cos(lat)))) + 1e-9;
        // the longitudes of payloads may run beyond ±180 as well
        List<Box> boxes = new ArrayList<>();
        boxes.add(new Box(-everywhere, everywhere, -everywhere, -180 - 1e-9));
        boxes.add(new Box(-everywhere, everywhere, 180 + 1e-9, everywhere));
        for (double turn = -360; turn <= 360; turn += 360) {
            double west = Math.max(-181, center.lon() - reach + turn);
            double east = Math.min(181, center.lon() + reach + turn);
            if (west <= east) {
                boxes.add(new Box(Math.toDegrees(south), Math.toDegrees(north), west, east));
            }
        }
        boxes.add(new Box(90, everywhere, -everywhere, everywhere));
        boxes.add(new Box(-everywhere, -90, -everywhere, everywhere));
        return boxes;
    }

    static GeoArea of(GeoPolygon polygon) {
        Ring exterior = Ring.of(polygon.exterior());
        List<Ring> interiors = polygon.interiors().stream().map(Ring::of).toList();
        return new GeoArea() {
            @Override
            public boolean contains(double lat, double lon) {
                if (exterior.side(lat, lon) <= 0) {
                    return false;
                }
                for (Ring interior : interiors) {
                    if (interior.side(lat, lon) >= 0) {
                        return false;
                    }
                }
                return true;
            }

            @Override
            public List<Box> bounds() {
                return List.of(exterior.box());
            }
        };
    }

    /** A closed line. */
    @SuppressWarnings("ArrayRecordComponent") // columns of its points, never compared
    record Ring(double[] lat, double[] lon) {
        static Ring of(List<GeoPoint> points) {
            return new Ring(
                    points.stream().mapToDouble(GeoPoint::lat).toArray(),
                    points.stream().mapToDouble(GeoPoint::lon).toArray());
        }

        /** 1 inside, 0 on the line, -1 outside, by the number of windings. */
        int side(double y, double x) {
            int windings = 0;
            for (int i = 0; i + 1 < lat.length; i++) {
                double y0 = lat[i];
                double y1 = lat[i + 1];
                double cross = (lon[i + 1] - lon[i]) * (y - y0) - (x - lon[i]) * (y1 - y0);
                boolean between = Math.min(y0, y1) <= y
                        && y <= Math.max(y0, y1)
                        && Math.min(lon[i], lon[i + 1]) <= x
                        && x <= Math.max(lon[i], lon[i + 1]);
                if (cross == 0 && between) {
                    return 0;
                }
                if (y0 <= y && y1 > y && cross > 0) {
                    windings++;
                } else if (y0 > y && y1 <= y && cross < 0) {
                    windings--;
                }
            }
            return windings != 0 ? 1 : -1;
        }

        Box box() {
            Box box = new Box(
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY);
            for (int i = 0; i < lat.length; i++) {
                box = new Box(
                        Math.min(box.south, lat[i]),
                        Math.max(box.north, lat[i]),
                        Math.min(box.west, lon[i]),
                        Math.max(box.east, lon[i]));
            }
            return box;
        }
    }
}
