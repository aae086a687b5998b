package dev.vectorhub.console.shell;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;

/**
 * Light, dark or as the system says: a switch of three that the browser remembers. The choice is applied by a script in
 * the page's head, before anything is painted.
 */
final class ColorMode extends Div {
    private static final String KEY = "hub.color-mode";

    /** Applies the remembered choice; without one the stylesheet follows the system. */
    static final String EARLY_SCRIPT = """
            (() => {
              let mode = 'system';
              try { mode = localStorage.getItem('%s') || 'system'; } catch (e) { /* storage is off: follow the system */ }
              const root = document.documentElement;
              root.dataset.colorMode = mode;
              root.style.colorScheme = mode === 'system' ? 'light dark' : mode;
            })();
            """.formatted(KEY).strip();

    private static final String CHOOSE = """
            const root = document.documentElement;
            const mode = $0;
            if (mode) {
              try { localStorage.setItem('%s', mode); } catch (e) { /* not remembered, still applied */ }
              root.dataset.colorMode = mode;
              root.style.colorScheme = mode === 'system' ? 'light dark' : mode;
            }
            const chosen = root.dataset.colorMode || 'system';
            for (const button of this.querySelectorAll('[data-mode]')) {
              button.setAttribute('aria-pressed', String(button.dataset.mode === chosen));
            }
            """.formatted(KEY);

    ColorMode() {
        addClassName("color-mode");
        getElement().setAttribute("role", "group").setAttribute("aria-label", "Colour mode");
        add(
                choice("light", "Light", Icon.SUN),
                choice("dark", "Dark", Icon.MOON),
                choice("system", "System", Icon.SCREEN));
        addAttachListener(attached -> getElement().executeJs(CHOOSE, (String) null));
    }

    private Button choice(String mode, String label, Icon icon) {
        Button button = new Button(icon.create());
        button.setAriaLabel(label);
        button.setTooltipText(label);
        button.getElement().setAttribute("data-mode", mode);
        button.addClickListener(click -> getElement().executeJs(CHOOSE, mode));
        return button;
    }
}
