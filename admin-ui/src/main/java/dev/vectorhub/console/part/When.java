package dev.vectorhub.console.part;

import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Tag;
import dev.vectorhub.console.format.Times;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A time: how long ago, with the exact time as hint and in the machine-readable attribute. */
@Tag("time")
public final class When extends HtmlComponent {
    /** @param absent what to show where there is no time ({@code never}) */
    public When(@Nullable Instant at, Instant now, String absent) {
        addClassName("when");
        if (at == null) {
            getElement().setText(absent);
            return;
        }
        getElement().setText(Times.relative(at, now));
        getElement().setAttribute("datetime", at.truncatedTo(ChronoUnit.SECONDS).toString());
        getElement().setAttribute("title", Times.absolute(at));
    }
}
