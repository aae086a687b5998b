package dev.vectorhub.console.part;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import java.util.function.BooleanSupplier;

/** Has the browser ask again every two seconds while something goes on that the page shows. */
public final class Polling {
    private static final int INTERVAL_MILLIS = 2_000;

    private Polling() {}

    /**
     * Runs the action at each poll while the component is shown and there is something to wait for.
     *
     * @param wanted whether another look is worth it; asked before each
     */
    public static void whileShown(Component component, BooleanSupplier wanted, Runnable look) {
        component.addAttachListener(attach -> {
            if (!wanted.getAsBoolean()) {
                return;
            }
            UI ui = attach.getUI();
            ui.setPollInterval(INTERVAL_MILLIS);
            Registration polling = ui.addPollListener(poll -> {
                if (wanted.getAsBoolean()) {
                    look.run();
                }
            });
            component.addDetachListener(detach -> {
                detach.unregisterListener();
                polling.remove();
                ui.setPollInterval(-1);
            });
        });
    }
}
