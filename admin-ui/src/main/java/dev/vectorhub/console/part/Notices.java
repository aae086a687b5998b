package dev.vectorhub.console.part;

import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;

/** Short messages about what just happened. Screen readers announce them; errors stay longer than confirmations. */
public final class Notices {
    private static final int DONE_MILLIS = 4_000;
    private static final int FAILED_MILLIS = 10_000;

    private Notices() {}

    public static void done(String text) {
        show(text, DONE_MILLIS, NotificationVariant.SUCCESS);
    }

    public static void failed(String text) {
        show(text, FAILED_MILLIS, NotificationVariant.ERROR);
    }

    private static void show(String text, int millis, NotificationVariant variant) {
        Notification notification = new Notification(new Span(text));
        notification.setDuration(millis);
        notification.setPosition(Notification.Position.BOTTOM_END);
        notification.addThemeVariants(variant);
        notification.setAssertive(variant == NotificationVariant.ERROR);
        notification.open();
    }
}
