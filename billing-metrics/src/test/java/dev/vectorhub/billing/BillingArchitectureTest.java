package dev.vectorhub.billing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class BillingArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.vectorhub.billing", "dev.vectorhub.metrics");

    @Test
    void whatIsBilledAndWhatIsObservedNeverMix() {
        noClasses()
                .that()
                .resideInAPackage("dev.vectorhub.billing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.vectorhub.metrics..", "io.micrometer..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.vectorhub.metrics..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.vectorhub.billing..")
                .check(classes);
    }

    @Test
    void packagesFormNoCycle() {
        SlicesRuleDefinition.slices()
                .matching("dev.vectorhub.billing.(*)..")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void ratingIsPureArithmetic() {
        noClasses()
                .that()
                .haveSimpleName("Rater")
                .or()
                .haveSimpleName("PriceList")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "java.io..")
                .check(classes);
    }
}
