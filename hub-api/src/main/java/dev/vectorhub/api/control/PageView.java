package dev.vectorhub.api.control;

import dev.vectorhub.tenant.Page;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of a list as the API shows it. */
@Schema(description = "A part of a list")
public record PageView<T>(
        List<T> items,

        @Schema(description = "Pass as `cursor` to get the following page; absent at the end") @Nullable
        String nextCursor) {

    public static <T> PageView<T> of(Page<T> page) {
        return new PageView<>(page.items(), page.next());
    }

    public static <R, T> PageView<T> of(Page<R> page, Function<R, T> view) {
        return new PageView<>(page.items().stream().map(view).toList(), page.next());
    }
}
