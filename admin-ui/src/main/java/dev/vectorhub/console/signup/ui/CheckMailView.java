package dev.vectorhub.console.signup.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.shell.PlainPage;

/** Shown after every signup, whether the address was new or known: the page must not tell them apart. */
@Route("check-your-mail")
@PageTitle("Check your mail · Vectorizer Hub")
@Requires(Need.PUBLIC)
class CheckMailView extends PlainPage {
    CheckMailView() {
        Anchor signIn = new Anchor("/", "Sign in");
        signIn.setRouterIgnore(true);
        signIn.addClassName("plain-link");
        Paragraph note = new Paragraph(
                "Nothing arrived? Look into the spam folder. If the address already has an account, sign in with it.");
        note.addClassName("small");
        show(
                "Check your mail",
                new Paragraph("We have sent you a link. Open it to confirm your address; your space is made ready"
                        + " right after and takes a few seconds."),
                note,
                new Paragraph(signIn));
    }
}
