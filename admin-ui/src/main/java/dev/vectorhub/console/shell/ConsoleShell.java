package dev.vectorhub.console.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.TargetElement;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/** The HTML page around all views: base theme, our stylesheet, icon, and the colour mode before the first paint. */
@StyleSheet("context://" + Aura.STYLESHEET)
@StyleSheet("context://console/console.css")
public class ConsoleShell implements AppShellConfigurator {
    private static final long serialVersionUID = 1L;

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle("Vectorizer Hub");
        settings.addFavIcon("icon", "console/favicon.svg", "any");
        settings.addInlineWithContents(
                TargetElement.HEAD, Inline.Position.PREPEND, ColorMode.EARLY_SCRIPT, Inline.Wrapping.JAVASCRIPT);
        settings.addMetaTag("description", "Console of Vectorizer Hub: tenants, keys, usage and limits");
    }
}
