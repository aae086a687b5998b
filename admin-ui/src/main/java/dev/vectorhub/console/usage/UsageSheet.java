package dev.vectorhub.console.usage;

import dev.vectorhub.billing.rollup.RequestPoint;
import dev.vectorhub.plan.Plan;
import java.util.List;

/** All that a member's page of usage shows. */
public record UsageSheet(Plan plan, UsedNow used, List<RequestPoint> requests, CostSoFar cost) {}
