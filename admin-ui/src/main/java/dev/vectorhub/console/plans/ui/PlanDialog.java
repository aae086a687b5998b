package dev.vectorhub.console.plans.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import dev.vectorhub.console.part.FieldErrors;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.plan.Limits;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.plan.PlanSpec;
import dev.vectorhub.problem.ProblemException;
import dev.vectorhub.tenant.IsolationMode;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes a plan: its name, its limits, the isolation of new tenants, and why. */
final class PlanDialog extends Dialog {
    private static final double GIB = 1L << 30;
    private static final Limits START = new Limits(10, 100_000, 1L << 30, 600);

    private final TextField code = new TextField("Code");
    private final TextField name = new TextField("Name");
    private final NumberField storage = new NumberField("Storage (GiB)");
    private final NumberField collections = new NumberField("Collections");
    private final NumberField vectors = new NumberField("Vectors in a collection");
    private final NumberField rate = new NumberField("Requests per minute");
    private final NumberField tokens = new NumberField("Text tokens per minute");
    private final Select<IsolationMode> isolation = new Select<>();
    private final CheckboxGroup<IsolationMode> isolations = new CheckboxGroup<>("Isolation that tenants may choose");
    private final TextField reason = new TextField("Reason");
    private final transient BiConsumer<PlanSpec, String> save;

    PlanDialog(@Nullable Plan plan, BiConsumer<PlanSpec, String> save) {
        this.save = save;
        setHeaderTitle(plan == null ? "Create a plan" : "Edit " + plan.name());
        setWidth("34rem");
        Limits limits = plan == null ? START : plan.limits();
        code.setValue(plan == null ? "" : plan.code());
        code.setReadOnly(plan != null);
        code.setHelperText("Lower case letters, digits, - and _; cannot be changed later.");
        name.setValue(plan == null ? "" : plan.name());
        storage.setValue(limits.maxStorageBytes() / GIB);
        collections.setValue((double) limits.maxCollections());
        vectors.setValue((double) limits.maxVectorsPerCollection());
        rate.setValue((double) limits.maxRequestsPerMinute());
        tokens.setValue((double) limits.maxInferenceTokensPerMinute());
        tokens.setHelperText("Of texts that the hub turns into vectors.");
        isolation.setLabel("Isolation of new tenants");
        isolation.setItems(IsolationMode.values());
        isolation.setItemLabelGenerator(StateWords::of);
        isolation.setValue(plan == null ? IsolationMode.COLLECTION : plan.isolation());
        isolations.setItems(IsolationMode.values());
        isolations.setItemLabelGenerator(StateWords::of);
        isolations.setValue(plan == null ? EnumSet.allOf(IsolationMode.class) : plan.isolations());
        reason.setRequired(true);
        reason.setHelperText("Kept in the audit log.");
        Div form = new Div(
                row(name, code), row(storage, collections), row(vectors, rate), tokens, isolation, isolations, reason);
        form.addClassName("form");
        add(form);
        Button confirm = new Button("Save plan", click -> save());
        confirm.addThemeVariants(ButtonVariant.PRIMARY);
        getFooter().add(new Button("Cancel", click -> close()), confirm);
    }

    private static Div row(Component... fields) {
        Div row = new Div(fields);
        row.addClassName("form-row");
        return row;
    }

    private void save() {
        // Each is looked at, so that all that is missing is marked at once.
        boolean named = FieldErrors.required(name, "Give the plan a name.");
        boolean coded = FieldErrors.required(code, "Give the plan a code.");
        boolean reasoned = FieldErrors.required(reason, "Say why.");
        if (!named || !coded || !reasoned) {
            return;
        }
        try {
            Limits limits = new Limits(
                    whole(collections, 1), whole(vectors, 1), whole(storage, GIB), whole(rate, 1), whole(tokens, 1));
            save.accept(
                    new PlanSpec(
                            code.getValue().strip(),
                            name.getValue().strip(),
                            limits,
                            isolation.getValue(),
                            isolations.getValue()),
                    reason.getValue().strip());
            close();
        } catch (ProblemException problem) {
            FieldErrors.show(
                    problem,
                    Map.of(
                            "code", code,
                            "name", name,
                            "maxCollections", collections,
                            "maxVectorsPerCollection", vectors,
                            "maxStorageBytes", storage,
                            "maxRequestsPerMinute", rate,
                            "maxInferenceTokensPerMinute", tokens,
                            "isolations", isolations,
                            "reason", reason));
        }
    }

    /** The field's number in base units; nothing or nonsense becomes 0, which the limits refuse with a message. */
    private static long whole(NumberField field, double unit) {
        Double value = field.getValue();
        return value == null ? 0 : Math.round(value * unit);
    }
}
