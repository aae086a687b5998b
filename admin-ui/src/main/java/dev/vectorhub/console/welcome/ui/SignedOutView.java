package dev.vectorhub.console.welcome.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.shell.PlainPage;

/** Where the sign-out ends. */
@Route("signed-out")
@PageTitle("Signed out · Vectorizer Hub")
@Requires(Need.PUBLIC)
class SignedOutView extends PlainPage {
    SignedOutView() {
        Anchor again = new Anchor("/", "Sign in again");
        again.setRouterIgnore(true);
        again.addClassName("plain-link");
        show("You are signed out", new Paragraph("On a shared computer, close this window too."), new Paragraph(again));
    }
}
