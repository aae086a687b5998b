package dev.vectorhub.console.tenants.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.TextField;
import dev.vectorhub.console.access.Viewer;
import dev.vectorhub.console.part.FieldErrors;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.console.tenants.TenantDesk;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.Tenant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Creates a tenant by hand: organisation, contact, plan, isolation. Its members come by invitation afterwards. */
final class CreateTenantDialog extends Dialog {
    private final TextField organisation = new TextField("Organisation");
    private final EmailField email = new EmailField("Contact e-mail");
    private final Select<Plan> plan = new Select<>();
    private final Select<IsolationMode> isolation = new Select<>();

    CreateTenantDialog(TenantDesk desk, Viewer viewer, Consumer<Tenant> created) {
        setHeaderTitle("Create a tenant");
        setWidth("32rem");
        List<Plan> plans = desk.plans(viewer);
        organisation.setRequired(true);
        organisation.setMaxLength(200);
        email.setHelperText("Whom to write to about this tenant.");
        plan.setLabel("Plan");
        plan.setItems(plans);
        plan.setItemLabelGenerator(Plan::name);
        isolation.setLabel("Isolation");
        isolation.setItems(IsolationMode.values());
        isolation.setItemLabelGenerator(StateWords::of);
        plan.addValueChangeListener(
                change -> isolation.setValue(change.getValue().isolation()));
        if (!plans.isEmpty()) {
            plan.setValue(plans.getFirst());
        }
        Div choices = new Div(plan, isolation);
        choices.addClassName("form-row");
        Div form = new Div(organisation, email, choices);
        form.addClassName("form");
        add(form);
        Button create = new Button("Create tenant", click -> create(desk, viewer, created));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), create);
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                organisation.focus();
            }
        });
    }

    private void create(TenantDesk desk, Viewer viewer, Consumer<Tenant> created) {
        if (!FieldErrors.required(organisation, "Name the organisation.")) {
            return;
        }
        try {
            Tenant tenant = desk.create(
                    viewer,
                    organisation.getValue().strip(),
                    email.getValue().strip(),
                    plan.getValue().code(),
                    isolation.getValue());
            close();
            Notices.done(tenant.organisation() + " is being made ready.");
            created.accept(tenant);
        } catch (ProblemException problem) {
            FieldErrors.show(problem, Map.of("organisation", organisation, "contactEmail", email, "email", email));
        }
    }
}
