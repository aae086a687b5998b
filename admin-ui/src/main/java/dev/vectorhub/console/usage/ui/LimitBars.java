package dev.vectorhub.console.usage.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.part.QuotaBar;
import dev.vectorhub.console.part.When;
import dev.vectorhub.console.usage.UsedNow;
import dev.vectorhub.plan.Limits;
import java.time.Instant;

/** A tenant's usage beside each of the plan's limits. */
public final class LimitBars extends Div {
    public LimitBars(UsedNow used, Limits limits) {
        addClassName("form");
        add(
                new QuotaBar("Storage", used.bytes(), limits.maxStorageBytes(), Units::bytes),
                new QuotaBar("Collections", used.collections(), limits.maxCollections(), Units::count),
                new QuotaBar(
                        "Vectors per collection",
                        used.fullestCollectionPoints(),
                        limits.maxVectorsPerCollection(),
                        Units::shortCount),
                new QuotaBar(
                        "Requests, last minute",
                        used.requestsLastMinute(),
                        limits.maxRequestsPerMinute(),
                        Units::count),
                new QuotaBar(
                        "Tokens, last minute",
                        used.tokensLastMinute(),
                        limits.maxInferenceTokensPerMinute(),
                        Units::shortCount));
        Span measured = new Span("Storage and vectors measured ");
        measured.add(new When(used.measuredAt(), Instant.now(), "not yet"));
        measured.addClassName("panel-explained");
        add(measured);
    }
}
