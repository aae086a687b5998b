package dev.vectorhub.console.overview;

import dev.vectorhub.billing.rollup.RequestPoint;
import dev.vectorhub.node.EngineNode;
import dev.vectorhub.tenant.TenantState;
import java.util.List;
import java.util.Map;

/**
 * The installation at a glance.
 *
 * @param states tenants in each state that occurs, in the order of a tenant's life
 * @param requests of all tenants, by hour over a day
 * @param storedBytes on the nodes' disks
 * @param load share of the fullest node that is in use, 0 to 1
 */
public record Overview(
        Map<TenantState, Long> states,
        List<RequestPoint> requests,
        long storedBytes,
        long storedPoints,
        double load,
        List<EngineNode> nodes,
        List<Attention> attention) {}
