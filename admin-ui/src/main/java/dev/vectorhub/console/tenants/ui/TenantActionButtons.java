package dev.vectorhub.console.tenants.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.vectorhub.console.access.Viewers;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.part.ReasonDialog;
import dev.vectorhub.console.tenants.StateWords;
import dev.vectorhub.console.tenants.TenantAction;
import dev.vectorhub.console.tenants.TenantDesk;
import dev.vectorhub.console.tenants.TenantOrder;
import dev.vectorhub.console.tenants.TenantSheet;
import dev.vectorhub.plan.Plan;
import dev.vectorhub.tenant.IsolationMode;
import dev.vectorhub.tenant.Tenant;
import dev.vectorhub.tenant.TenantService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The buttons for what may be done to a tenant in its state, each behind a confirmation with a reason. */
final class TenantActionButtons {
    private TenantActionButtons() {}

    static Component[] of(TenantDesk desk, TenantSheet sheet, Runnable done) {
        List<Component> buttons = new ArrayList<>();
        for (TenantAction action : TenantAction.values()) {
            if (!action.offeredIn(sheet.tenant().state())) {
                continue;
            }
            Button button = new Button(action.label(), click -> ask(action, desk, sheet, done));
            if (action == TenantAction.DELETE) {
                button.addThemeVariants(ButtonVariant.ERROR);
            }
            if (action == TenantAction.RESUME || action == TenantAction.RESTORE) {
                button.addThemeVariants(ButtonVariant.PRIMARY);
            }
            buttons.add(button);
        }
        return buttons.toArray(Component[]::new);
    }

    private static void ask(TenantAction action, TenantDesk desk, TenantSheet sheet, Runnable done) {
        Tenant tenant = sheet.tenant();
        Select<Plan> plan = new Select<>();
        IntegerField grace = new IntegerField("Days until the data is erased");
        Select<IsolationMode> isolation = new Select<>();
        List<Component> inputs = new ArrayList<>();
        if (action == TenantAction.CHANGE_ISOLATION) {
            List<IsolationMode> others = sheet.plan().isolations().stream()
                    .filter(mode -> mode != tenant.isolation())
                    .sorted()
                    .toList();
            if (others.isEmpty()) {
                Notices.failed("The plan " + sheet.plan().name() + " permits no other isolation.");
                return;
            }
            isolation.setLabel("New isolation");
            isolation.setItems(others);
            isolation.setItemLabelGenerator(StateWords::of);
            isolation.addValueChangeListener(change -> isolation.setHelperText(StateWords.meaning(change.getValue())));
            isolation.setValue(others.getFirst());
            inputs.add(isolation);
        }
        if (action == TenantAction.CHANGE_PLAN) {
            plan.setLabel("New plan");
            plan.setItems(sheet.otherPlans());
            plan.setItemLabelGenerator(Plan::name);
            if (sheet.otherPlans().isEmpty()) {
                Notices.failed("There is no other plan to change to. Create one under Plans.");
                return;
            }
            plan.setValue(sheet.otherPlans().getFirst());
            inputs.add(plan);
        }
        if (action == TenantAction.DELETE) {
            grace.setMin(TenantService.GRACE_DAYS_MIN);
            grace.setMax(TenantService.GRACE_DAYS_MAX);
            grace.setStepButtonsVisible(true);
            grace.setValue(TenantService.GRACE_DAYS_MAX);
            inputs.add(grace);
        }
        new ReasonDialog(
                        action.title(tenant.organisation()),
                        action.label(),
                        action.consequence(tenant.organisation()),
                        action.dangerous(),
                        reason -> {
                            Tenant after = desk.act(
                                    Viewers.current(),
                                    tenant.id(),
                                    order(action, plan.getValue(), isolation.getValue(), grace.getValue()),
                                    reason,
                                    tenant.version());
                            Notices.done(outcome(action, after));
                            done.run();
                        },
                        inputs.toArray(Component[]::new))
                .open();
    }

    private static String outcome(TenantAction action, Tenant after) {
        return after.organisation()
                + switch (action) {
                    case CHANGE_PLAN -> " is now on plan " + after.plan() + ".";
                    case CHANGE_ISOLATION -> " is being moved; the page shows how far it is.";
                    default -> " is now " + StateWords.of(after.state()).toLowerCase(Locale.ROOT) + ".";
                };
    }

    private static TenantOrder order(TenantAction action, Plan plan, IsolationMode isolation, Integer grace) {
        return switch (action) {
            case SUSPEND -> new TenantOrder.Suspend();
            case RESUME -> new TenantOrder.Resume();
            case CHANGE_PLAN -> new TenantOrder.ChangePlan(plan.code());
            case CHANGE_ISOLATION -> new TenantOrder.ChangeIsolation(isolation);
            case DELETE -> new TenantOrder.Delete(grace == null ? TenantService.GRACE_DAYS_MAX : grace);
            case RESTORE -> new TenantOrder.Restore();
        };
    }
}
