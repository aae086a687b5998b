package dev.vectorhub.console.usage.ui;

import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import dev.vectorhub.console.usage.Period;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Chooses how far a chart looks back. */
public final class PeriodTabs extends Tabs {
    public PeriodTabs(Period chosen, Consumer<Period> choose) {
        Map<Period, Tab> tabs = new EnumMap<>(Period.class);
        for (Period period : Period.values()) {
            Tab tab = new Tab(period.label());
            tabs.put(period, tab);
            add(tab);
        }
        addThemeName("small");
        getElement().setAttribute("aria-label", "Period");
        setSelectedTab(tabs.get(chosen));
        addSelectedChangeListener(change -> tabs.forEach((period, tab) -> {
            if (tab.equals(change.getSelectedTab())) {
                choose.accept(period);
            }
        }));
    }
}
