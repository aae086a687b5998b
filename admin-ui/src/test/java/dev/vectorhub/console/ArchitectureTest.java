package dev.vectorhub.console;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.router.Route;
import dev.vectorhub.console.access.Requires;
import dev.vectorhub.console.access.Viewer;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CONSOLE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.vectorhub.console");

    @Test
    void theConsoleReachesNeitherTheApiNorTheEngine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.vectorhub.api..", "dev.vectorhub.engine..")
                .check(CONSOLE);
    }

    @Test
    void everyPageSaysWhomItIsFor() {
        classes()
                .that()
                .areAnnotatedWith(Route.class)
                .should(beAnnotatedWith(Requires.class))
                .check(CONSOLE);
    }

    @Test
    void pagesAreHiddenInTheirPackage() {
        classes()
                .that()
                .areAnnotatedWith(Route.class)
                .should()
                .bePackagePrivate()
                .andShould()
                .resideInAPackage("..ui")
                .check(CONSOLE);
    }

    @Test
    void pagesTouchNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage("..ui")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.persistence..", "org.hibernate..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("Scoped")
                .check(CONSOLE);
    }

    /** Every call of a desk names its viewer first: none can forget to ask whether the viewer may. */
    @Test
    void desksAreAskedInTheNameOfAViewer() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Desk")
                .and()
                .arePublic()
                .and()
                .areNotStatic()
                .should(ViewerFirst.CONDITION)
                .check(CONSOLE);
    }

    @Test
    void viewersAreNotKeptInFields() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage("..ui")
                .should()
                .notHaveRawType(Viewer.class)
                .check(CONSOLE);
    }

    /** Each of these would force a bundle of our own, whose build downloads Node. */
    @Test
    void theDefaultBundleIsEnough() {
        noClasses()
                .should()
                .beAnnotatedWith(JsModule.class)
                .orShould()
                .beAnnotatedWith(NpmPackage.class)
                .orShould()
                .beAnnotatedWith(CssImport.class)
                .check(CONSOLE);
    }
}
