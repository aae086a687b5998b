package dev.vectorhub.api.control.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vectorhub.billing.rollup.Granularity;
import dev.vectorhub.billing.rollup.UsageLine;
import dev.vectorhub.billing.usage.BillableMeter;
import dev.vectorhub.billing.usage.OperationClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A tenant's usage in the half-open interval from … to, in base units. */
@Schema(name = "Usage")
record UsageView(
        UUID tenant,
        Instant from,
        Instant to,
        Granularity granularity,
        @Schema(description = "Requests by class") Map<String, Long> requests,
        @Schema(description = "Each meter's sum") List<Total> totals,

        @Schema(description = "By interval, meter, operation class and key")
        List<Line> lines) {

    /** A meter's sum. */
    @Schema(name = "UsageTotal")
    record Total(String meter, String title, String unit, long quantity) {}

    /** What one key used of one meter in one interval. */
    @Schema(name = "UsageLine")
    record Line(
            Instant from,
            Instant to,
            String meter,
            String operation,
            @JsonProperty("key") @Nullable UUID keyId,
            long quantity) {}

    static UsageView of(UUID tenant, Instant from, Instant to, Granularity granularity, List<UsageLine> usage) {
        Map<BillableMeter, Long> sums = new EnumMap<>(BillableMeter.class);
        List<Line> lines = new ArrayList<>(usage.size());
        for (UsageLine line : usage) {
            sums.merge(line.meter(), line.quantity(), Math::addExact);
            lines.add(new Line(
                    line.from(), line.to(), line.meter().code(), line.operation(), line.keyId(), line.quantity()));
        }
        Map<String, Long> requests = new LinkedHashMap<>();
        for (OperationClass operation : OperationClass.values()) {
            requests.put(operation.code(), sums.getOrDefault(operation.requests(), 0L));
        }
        List<Total> totals = new ArrayList<>();
        sums.forEach((meter, sum) -> totals.add(new Total(meter.code(), meter.title(), meter.unit(), sum)));
        return new UsageView(tenant, from, to, granularity, requests, totals, lines);
    }
}
