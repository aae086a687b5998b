package dev.vectorhub.console.part;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;

/** Copies a text to the clipboard and says so. Works without the clipboard API too (plain HTTP on another host). */
public final class CopyButton extends Button {
    private static final String COPY = """
            const button = this, text = $0, label = $1;
            const done = () => {
              button.textContent = 'Copied';
              setTimeout(() => button.textContent = label, 1600);
            };
            const byHand = () => {
              const area = document.createElement('textarea');
              area.value = text;
              area.style.position = 'fixed';
              area.style.opacity = '0';
              document.body.append(area);
              area.select();
              document.execCommand('copy');
              area.remove();
              done();
            };
            if (navigator.clipboard && window.isSecureContext) {
              navigator.clipboard.writeText(text).then(done, byHand);
            } else {
              byHand();
            }
            """;

    /** @param what completes the accessible name: "Copy …" */
    public CopyButton(String text, String what) {
        super("Copy");
        addThemeVariants(ButtonVariant.SMALL);
        addClassName("copy");
        setAriaLabel("Copy " + what);
        addClickListener(click -> getElement().executeJs(COPY, text, "Copy"));
    }
}
