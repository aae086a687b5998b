package dev.vectorhub.console.shell;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import dev.vectorhub.problem.ProblemException;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Shown when a page could not be made: logged with a reference that the page names, never with its cause. */
class FailurePage extends PlainPage implements HasErrorParameter<Exception> {
    private static final Logger LOG = Logger.getLogger(FailurePage.class);
    private static final int SERVER_ERROR = 500;

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        Exception cause = parameter.getCaughtException();
        if (cause instanceof ProblemException problem && problem.type().status() < SERVER_ERROR) {
            return showStatus(problem.type().status(), null);
        }
        String reference = UUID.randomUUID().toString();
        LOG.errorf(cause, "page /%s failed, reference %s", event.getLocation().getPath(), reference);
        return showStatus(SERVER_ERROR, reference);
    }
}
