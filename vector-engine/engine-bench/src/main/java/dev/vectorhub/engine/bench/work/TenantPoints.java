package dev.vectorhub.engine.bench.work;

import dev.vectorhub.engine.bench.data.DataSet;
import dev.vectorhub.engine.core.IsolationMode;
import dev.vectorhub.engine.core.PointId;
import dev.vectorhub.engine.core.PointRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Many tenants with one small collection each, the rows of a data set dealt out in order, over and over.
 *
 * @param points of each tenant
 */
record TenantPoints(Path folder, IsolationMode mode, int tenants, int points, DataSet set, DataSet.Vectors vectors) {
    private static final long TENANT_BITS = 0x0190a5d07e5b7000L;
    private static final long COLLECTION_BITS = 0x0190a5d07e5b7001L;

    static TenantPoints of(List<String> arguments) {
        DataSet set = DataSet.of(arguments.subList(4, arguments.size()));
        return new TenantPoints(
                Path.of(arguments.get(0)),
                IsolationMode.valueOf(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)),
                set,
                set.vectors());
    }

    static UUID tenant(int number) {
        return new UUID(TENANT_BITS, number);
    }

    static UUID collection(int number) {
        return new UUID(COLLECTION_BITS, number);
    }

    float[] vector(int tenant, int point) {
        return vectors.base((int) (((long) tenant * points + point) % set.base()));
    }

    List<PointRecord> records(int tenant) {
        List<PointRecord> records = new ArrayList<>(points);
        for (int point = 0; point < points; point++) {
            records.add(PointRecord.of(PointId.of(point), vector(tenant, point)));
        }
        return records;
    }
}
