package dev.vectorhub.engine.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.vectorhub.engine.core");

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.vectorhub.engine.core.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void whatLiesBelowTheFaceDoesNotKnowTheStore() {
        noClasses()
                .that()
                .resideInAPackage("dev.vectorhub.engine.core.*..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(EngineStore.class.getName())
                .check(CLASSES);
    }

    @Test
    void noFrameworkIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "io.quarkus..", "org.apache.ratis..", "com.google..", "org.slf4j..")
                .check(CLASSES);
    }

    @Test
    void onlyTheVectorKernelsNeedTheIncubatorModule() {
        noClasses()
                .that()
                .haveNameNotMatching(
                        "dev\\.vectorhub\\.engine\\.core\\.kernel\\.Vector(Kernel|Halves|Bytes|Matrix|Probe)")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .check(CLASSES);
    }

    @Test
    void graphsKnowNoFiles() {
        noClasses()
                .that()
                .resideInAnyPackage("..graph..", "..kernel..", "..vector..", "..payload..", "..filter..")
                .and()
                // unpacks the library
                .doNotHaveFullyQualifiedName("dev.vectorhub.engine.core.kernel.NativeCode")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..")
                .check(CLASSES);
    }
}
