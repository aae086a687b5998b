package dev.vectorhub.api.control;

import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.Page;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which part of a list: the same two parameters everywhere. */
public class Paging {

    private static final int DEFAULT = 50;

    @QueryParam("cursor")
    @Parameter(description = "`nextCursor` of the page before; absent for the first")
    @Nullable
    String cursor;

    @QueryParam("limit")
    @Parameter(
            description = "Items in the page at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "500", defaultValue = "50"))
    @Nullable
    String limit;

    public @Nullable String cursor() {
        return cursor;
    }

    /**
     * Items in the page at most.
     *
     * @throws ProblemException {@code validation-failed} on {@code limit}
     */
    public int limit() {
        if (limit == null) {
            return DEFAULT;
        }
        return Params.integer("limit", limit, 1, Page.LIMIT_MAX);
    }
}
