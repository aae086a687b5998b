package dev.vectorhub.console.signup.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.Autocomplete;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.format.Times;
import dev.vectorhub.console.part.FieldErrors;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.shell.PlainPage;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.problem.ProblemType;
import dev.vectorhub.signup.SignupRequest;
import dev.vectorhub.signup.SignupService;
import java.time.Instant;
import java.util.Map;

/** Becoming a tenant: organisation, address, password. Everything is checked by the service; the page says what it found. */
@Route("signup")
@PageTitle("Sign up · Vectorizer Hub")
@Requires(Need.PUBLIC)
class SignupView extends PlainPage {
    private final transient SignupService signups;
    private final TextField organisation = new TextField("Organisation");
    private final EmailField email = new EmailField("Work e-mail");
    private final PasswordField password = new PasswordField("Password");

    SignupView(SignupService signups) {
        this.signups = signups;
        organisation.setAutocomplete(Autocomplete.ORGANIZATION);
        organisation.setRequiredIndicatorVisible(true);
        organisation.setAutofocus(true);
        email.setAutocomplete(Autocomplete.EMAIL);
        email.setRequiredIndicatorVisible(true);
        email.setHelperText("We send a link to confirm it.");
        password.setAutocomplete(Autocomplete.NEW_PASSWORD);
        password.setRequiredIndicatorVisible(true);
        password.setHelperText("At least 10 characters.");
        Button submit = new Button("Create account", click -> submit());
        submit.addThemeVariants(ButtonVariant.PRIMARY);
        // Leaving the field for a moment makes the browser hand over what was typed last.
        submit.addClickShortcut(Key.ENTER).setResetFocusOnActiveElement(true);
        submit.setDisableOnClick(true);
        Div form = new Div(organisation, email, password, submit);
        form.addClassName("form");
        Anchor signIn = new Anchor("/", "Sign in");
        signIn.setRouterIgnore(true);
        Paragraph known = new Paragraph("Already have an account? ");
        known.add(signIn);
        known.addClassName("small");
        show(
                "Create your hub",
                new Paragraph("Vector search for your programs: collections, keys and usage in one place."),
                form,
                known);
        submit.addClickListener(click -> submit.setEnabled(true));
    }

    private void submit() {
        try {
            signups.signup(
                    new SignupRequest(
                            organisation.getValue().strip(), email.getValue().strip(), password.getValue(), null, null),
                    VaadinRequest.getCurrent().getRemoteAddr());
        } catch (ProblemException problem) {
            if (problem.type() == ProblemType.RATE_LIMITED) {
                Notices.failed("Too many signups from your network. Try again " + wait(problem) + ".");
            } else {
                FieldErrors.show(problem, Map.of("organisation", organisation, "email", email, "password", password));
            }
            return;
        }
        getUI().ifPresent(ui -> ui.navigate("check-your-mail"));
    }

    private static String wait(ProblemException problem) {
        Instant now = Instant.now();
        return problem.members().get("retryAfterSeconds") instanceof Number seconds
                ? Times.relative(now.plusSeconds(seconds.longValue()), now)
                : "later";
    }
}
