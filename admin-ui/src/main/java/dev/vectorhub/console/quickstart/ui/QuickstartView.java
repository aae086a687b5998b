package dev.vectorhub.console.quickstart.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.TabSheet;
import com.vaadin.flow.component.tabs.TabSheetVariant;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.apikey.IssuedKey;
import dev.vectorhub.console.access.Admissions;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.keys.KeyDesk;
import dev.vectorhub.console.part.CodeBlock;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.quickstart.Snippets;
import dev.vectorhub.console.shell.MemberLayout;
import dev.vectorhub.tenant.TenantId;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** From nothing to the first search: address, key, and a program to paste in three languages. */
@Route(value = "t/:tenant", layout = MemberLayout.class)
@PageTitle("Quickstart · Vectorizer Hub")
@Requires(Need.MEMBER)
class QuickstartView extends PageBody implements BeforeEnterObserver {
    private final transient KeyDesk desk;
    private final String apiUrl;
    private final Div key = new Div();
    private final Div snippets = new Div();
    private transient TenantId tenant;

    @SuppressWarnings("NullAway.Init") // the tenant comes with the route, before anything is shown
    QuickstartView(KeyDesk desk, @ConfigProperty(name = "hub.api.url") String apiUrl) {
        this.desk = desk;
        this.apiUrl = apiUrl;
        Div steps = new Div(
                step("Take the address of your hub", new CodeBlock("API address", apiUrl)),
                step("Create a key", key),
                step("Store and search", snippets));
        steps.addClassName("steps");
        add(
                new PageHead("Quickstart")
                        .lead("Your hub speaks the Qdrant API: every Qdrant client works with it as it is."),
                new Panel("Your first search").show(steps));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        tenant = Admissions.tenantOf(event.getRouteParameters());
        askForKey();
        showSnippets("");
    }

    private void askForKey() {
        Button create = new Button("Create a key for this example", click -> createKey());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        Paragraph note = new Paragraph("It may read and write all your collections and expires in 30 days. ");
        note.add(new Anchor("/t/" + tenant + "/keys", "Manage keys"));
        note.addClassName("soft");
        Div row = new Div(create);
        key.removeAll();
        key.add(note, row);
        key.addClassName("form");
    }

    private void createKey() {
        IssuedKey issued = desk.issueForQuickstart(Viewers.current(), tenant);
        Paragraph note = new Paragraph(
                "Copy it now and keep it like a password: it cannot be shown again. The programs below contain it.");
        note.addClassName("warning");
        key.removeAll();
        key.add(new CodeBlock("Your API key", issued.secret()).wrapped(), note);
        showSnippets(issued.secret());
    }

    private void showSnippets(String secret) {
        snippets.removeAll();
        TabSheet tabs = new TabSheet();
        tabs.addThemeVariants(TabSheetVariant.NO_PADDING);
        tabs.setWidthFull();
        for (Snippets.Snippet snippet : Snippets.of(apiUrl, secret)) {
            Div body = new Div();
            body.addClassName("form");
            if (!snippet.preparation().isEmpty()) {
                body.add(new CodeBlock("Once before", snippet.preparation()));
            }
            body.add(new CodeBlock(snippet.title(), snippet.source()));
            tabs.add(new Tab(snippet.language()), body);
        }
        snippets.add(tabs);
    }

    private static Component step(String title, Component content) {
        Div body = new Div(new H2(title), content);
        body.addClassName("step-body");
        Div step = new Div(body);
        step.addClassName("step");
        return step;
    }
}
