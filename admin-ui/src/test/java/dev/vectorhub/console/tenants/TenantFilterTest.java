package dev.vectorhub.console.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.vaadin.flow.router.QueryParameters;
import dev.vectorhub.tenant.TenantQuery;
import dev.vectorhub.tenant.TenantState;
import org.junit.jupiter.api.Test;

class TenantFilterTest {
    @Test
    void theUrlCarriesTheWholeFilter() {
        TenantFilter filter =
                new TenantFilter("north & south", TenantState.READ_ONLY, "free", TenantQuery.Sort.ORGANISATION);
        assertEquals(filter, TenantFilter.of(filter.toParameters()));
        assertEquals(
                filter,
                TenantFilter.of(QueryParameters.fromString(filter.toParameters().getQueryString())));
    }

    @Test
    void noFilterLeavesTheUrlAlone() {
        assertEquals("", TenantFilter.none().toParameters().getQueryString());
        assertEquals(TenantFilter.none(), TenantFilter.of(QueryParameters.empty()));
    }

    @Test
    void nonsenseInTheUrlIsLeftOut() {
        TenantFilter filter = TenantFilter.of(
                QueryParameters.fromString("state=sleeping&sort=sideways&plan=%20&q=" + "x".repeat(900)));
        assertNull(filter.state());
        assertNull(filter.plan());
        assertEquals(TenantQuery.Sort.NEWEST, filter.sort());
        assertEquals(200, filter.text().length());
    }
}
