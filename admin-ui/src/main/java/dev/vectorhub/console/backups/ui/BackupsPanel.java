package dev.vectorhub.console.backups.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Composite;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.vectorhub.backup.Backup;
import dev.vectorhub.backup.Restoration;
import dev.vectorhub.console.backups.BackupWords;
import dev.vectorhub.console.format.Units;
import dev.vectorhub.console.part.EmptyState;
import dev.vectorhub.console.part.Notices;
import dev.vectorhub.console.part.Panel;
import dev.vectorhub.console.part.Polling;
import dev.vectorhub.console.part.ProgressLine;
import dev.vectorhub.console.part.Table;
import dev.vectorhub.console.part.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A tenant's backups and what is being restored, with what can be done; looks again while something goes on. */
public final class BackupsPanel extends Composite<Panel> {
    private final transient Shelf shelf;
    private transient List<Backup> backups = List.of();
    private transient List<Restoration> restorations = List.of();

    public BackupsPanel(Shelf shelf) {
        this.shelf = shelf;
        Button create = new Button(
                "Back up now",
                click -> LabelDialog.open(label -> {
                    shelf.create(label);
                    Notices.done("The backup is being written; the page shows how far it is.");
                    show();
                }));
        getContent().actions(create);
        show();
        Polling.whileShown(this, this::isOpen, this::show);
    }

    @Override
    protected Panel initContent() {
        return new Panel("Backups")
                .explained("All collections as they stood at one moment. Restoring never overwrites what is there.");
    }

    private boolean isOpen() {
        return backups.stream().anyMatch(one -> BackupWords.isOpen(one.state()))
                || restorations.stream().anyMatch(one -> BackupWords.isOpen(one.state()));
    }

    private void show() {
        Instant now = Instant.now();
        backups = shelf.backups();
        restorations = shelf.restorations();
        List<Component> content = new ArrayList<>();
        content.add(
                backups.isEmpty()
                        ? new EmptyState("No backups", "A backup is written while reads and writes go on.")
                        : new Table<Backup>("Backups")
                                .component("Backup", BackupsPanel::name)
                                .component("State", BackupsPanel::state)
                                .number("Collections", one -> Units.count(one.collections()))
                                .number("Points", one -> Units.count(one.points()))
                                .number("Size", one -> Units.bytes(one.bytes()))
                                .component("Asked for", one -> new When(one.createdAt(), now, ""))
                                .component("", this::actions)
                                .of(backups));
        if (!restorations.isEmpty()) {
            content.add(new Table<Restoration>("Restores into this tenant")
                    .text("Restore", one -> one.prefix().isEmpty() ? "As this tenant" : "As " + one.prefix() + "…")
                    .component("State", BackupsPanel::state)
                    .number("Collections", one -> Units.count(one.collections()))
                    .component("Asked for", one -> new When(one.createdAt(), now, ""))
                    .of(restorations));
        }
        getContent().show(content.toArray(Component[]::new));
    }

    private static Component name(Backup backup) {
        Div cell = new Div(new Span(backup.label().isEmpty() ? "Without a label" : backup.label()));
        if (backup.sha256() != null) {
            Span sum = new Span("SHA-256 " + backup.sha256().substring(0, 12) + "…");
            sum.addClassName("note");
            sum.setTitle(backup.sha256());
            cell.add(new Div(sum));
        }
        return cell;
    }

    private static Component state(Backup backup) {
        Div cell = new Div(BackupWords.badge(backup.state()));
        if (backup.state() == Backup.State.WRITING && backup.bytesExpected() > 0) {
            cell.add(new ProgressLine(
                    "Written", Math.min(backup.bytes(), backup.bytesExpected()), backup.bytesExpected(), Units::bytes));
        }
        return told(cell, backup.error());
    }

    private static Component state(Restoration restore) {
        Div cell = new Div(BackupWords.badge(restore.state()));
        if (BackupWords.isOpen(restore.state())) {
            cell.add(new ProgressLine("Points", restore.pointsDone(), restore.points(), Units::count));
        }
        return told(cell, restore.error());
    }

    private static Component told(Div cell, @org.jspecify.annotations.Nullable String error) {
        if (error != null) {
            Span why = new Span(error);
            why.addClassName("note");
            cell.add(new Div(why));
        }
        return cell;
    }

    private Component actions(Backup backup) {
        Div actions = new Div();
        actions.addClassName("row-actions");
        if (backup.state() == Backup.State.READY) {
            Button restore = new Button("Restore", click -> RestoreDialog.open(shelf, backup, this::show));
            restore.addThemeVariants(ButtonVariant.SMALL);
            restore.setAriaLabel("Restore " + backup.label());
            actions.add(restore);
        }
        if (backup.state() == Backup.State.READY || backup.state() == Backup.State.FAILED) {
            Button delete = new Button("Delete", click -> confirmDeletion(backup));
            delete.addThemeVariants(ButtonVariant.SMALL);
            delete.setAriaLabel("Delete " + backup.label());
            actions.add(delete);
        }
        return actions;
    }

    private void confirmDeletion(Backup backup) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Delete the backup" + (backup.label().isEmpty() ? "?" : " “" + backup.label() + "”?"));
        dialog.setText("Its file is removed. This cannot be taken back.");
        dialog.setCancelable(true);
        dialog.setConfirmText("Delete");
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(confirmed -> {
            shelf.delete(backup.id());
            show();
        });
        dialog.open();
    }
}
