package dev.vectorhub.console.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.DefaultErrorHandler;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.UUID;
import org.jboss.logging.Logger;

/** The console's own words where the framework would use its defaults: session over, connection lost, action failed. */
@ApplicationScoped
public class SystemTexts {
    private static final Logger LOG = Logger.getLogger(SystemTexts.class);

    void onServiceInit(@Observes ServiceInitEvent service) {
        SystemMessages messages = messages();
        service.getSource().setSystemMessagesProvider(info -> messages);
        service.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(SystemTexts::failed));
        service.getSource().addUIInitListener(init -> connectionTexts(init.getUI()));
    }

    private static SystemMessages messages() {
        CustomizedSystemMessages messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(true);
        messages.setSessionExpiredCaption("You have been signed out");
        messages.setSessionExpiredMessage(
                "That happens after a while without activity. Click here or press Esc to sign in and go on.");
        messages.setInternalErrorNotificationEnabled(true);
        messages.setInternalErrorCaption("The page stopped working");
        messages.setInternalErrorMessage("The fault has been logged. Click here or press Esc to load the page again.");
        messages.setCookiesDisabledNotificationEnabled(true);
        messages.setCookiesDisabledCaption("Cookies are off");
        messages.setCookiesDisabledMessage("The console needs them to keep you signed in. Allow them and click here.");
        return messages;
    }

    private static void connectionTexts(UI ui) {
        ui.getReconnectDialogConfiguration().setDialogText("Connection lost. Trying again…");
        ui.getReconnectDialogConfiguration().setDialogTextGaveUp("No connection. Load the page again when it is back.");
    }

    /** A refusal of a service is told as it stands; anything else is logged and told with its reference only. */
    private static void failed(ErrorEvent event) {
        Throwable cause = DefaultErrorHandler.findRelevantThrowable(event.getThrowable());
        if (cause instanceof ProblemException problem) {
            Notices.failed(String.valueOf(problem.getMessage()));
            return;
        }
        if (cause instanceof IOException) {
            LOG.debug("a browser went away in the middle of an answer", cause);
            return;
        }
        String reference = UUID.randomUUID().toString();
        LOG.errorf(event.getThrowable(), "action failed, reference %s", reference);
        if (UI.getCurrent() != null) {
            Notices.failed("That did not work. Reference for the operator: " + reference);
        }
    }
}
