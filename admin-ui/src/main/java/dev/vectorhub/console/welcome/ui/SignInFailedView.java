package dev.vectorhub.console.welcome.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.shell.PlainPage;

/** Where the identity provider sends a sign-in that it refused or that was given up. */
@Route("sign-in-failed")
@PageTitle("Sign-in failed · Vectorizer Hub")
@Requires(Need.PUBLIC)
class SignInFailedView extends PlainPage {
    SignInFailedView() {
        Anchor again = new Anchor("/", "Try again");
        again.setRouterIgnore(true);
        again.addClassName("plain-link");
        show(
                "The sign-in did not finish",
                new Paragraph("It was given up, refused, or took too long. Nothing has changed; you can start again."),
                new Paragraph(again));
    }
}
