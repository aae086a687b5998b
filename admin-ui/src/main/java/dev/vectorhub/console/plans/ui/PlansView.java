package dev.vectorhub.console.plans.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Need;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.part.PageBody;
import dev.vectorhub.console.part.PageHead;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.plans.PlanDesk;
import dev.vectorhub.console.shell.MainLayout;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.plan.PlanSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All plans side by side, with their limits. */
@Route(value = "plans", layout = MainLayout.class)
@PageTitle("Plans · Vectorizer Hub")
@Requires(Need.OPERATOR)
class PlansView extends PageBody implements BeforeEnterObserver {
    private final transient PlanDesk desk;
    private final Div cards = new Div();

    PlansView(PlanDesk desk) {
        this.desk = desk;
        cards.addClassName("cards");
        Button create = new Button("Create plan", click -> edit(null));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        add(
                new PageHead("Plans")
                        .lead("What a tenant may use. A change applies to all tenants of the plan within seconds.")
                        .actions(create),
                cards);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        load();
    }

    private void load() {
        List<Plan> plans = desk.list(Viewers.current());
        cards.removeAll();
        if (plans.isEmpty()) {
            cards.add(new EmptyState("No plans", "Create one: a tenant cannot exist without a plan."));
        }
        for (Plan plan : plans) {
            cards.add(card(plan));
        }
    }

    private Component card(Plan plan) {
        Limits limits = plan.limits();
        DescriptionList facts = new DescriptionList();
        facts.addClassName("facts");
        fact(facts, "Storage", Units.bytes(limits.maxStorageBytes()));
        fact(facts, "Collections", Units.count(limits.maxCollections()));
        fact(facts, "Vectors each", Units.count(limits.maxVectorsPerCollection()));
        fact(facts, "Rate", Units.perMinute(limits.maxRequestsPerMinute()));
        fact(facts, "Text tokens", Units.perMinute(limits.maxInferenceTokensPerMinute()));
        fact(facts, "Isolation", StateWords.of(plan.isolation()));
        facts.add(new DescriptionList.Term("Code"), new DescriptionList.Description(new Code(plan.code())));
        Button edit = new Button("Edit", click -> edit(plan));
        edit.addThemeVariants(ButtonVariant.SMALL);
        edit.setAriaLabel("Edit " + plan.name());
        Anchor tenants = new Anchor("/tenants?plan=" + plan.code(), "Tenants on this plan");
        return new Panel(plan.name())
                .explained(
                        switch (plan.source()) {
                            case BUILTIN -> "Comes with the hub";
                            case CONFIG -> "From the configuration file, written again at each start";
                            case OPERATOR -> "Written by an operator";
                        })
                .actions(edit)
                .show(facts, tenants);
    }

    private static void fact(DescriptionList facts, String term, String text) {
        facts.add(new DescriptionList.Term(term), new DescriptionList.Description(text));
    }

    private void edit(@Nullable Plan plan) {
        if (plan != null && plan.source() == PlanSource.CONFIG) {
            Notices.done("The configuration file will overwrite this plan at the next start.");
        }
        new PlanDialog(plan, (spec, reason) -> {
                    Plan written = desk.put(Viewers.current(), spec, reason, plan == null ? null : plan.version());
                    Notices.done("Plan " + written.name() + " is saved.");
                    load();
                })
                .open();
    }
}
