package dev.vectorhub.engine.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class EngineNodeArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.vectorhub.engine.node");

    @Test
    void theCodecKnowsNoLog() {
        noClasses()
                .that()
                .resideInAPackage("..codec")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.ratis..", "dev.vectorhub.engine.node")
                .check(CLASSES);
    }

    /** What is packed, admitted and read must not care how the log works. */
    @Test
    void fewClassesKnowRatis() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Raft")
                .and()
                .haveSimpleNameNotStartingWith("Log")
                .and()
                .doNotBelongToAnyOf(EngineStateMachine.class, LocalRpc.class, Batch.class, EmbeddedEngine.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.ratis..")
                .check(CLASSES);
    }

    @Test
    void onlyTheStoreSideKnowsTheStore() {
        noClasses()
                .that()
                .haveNameMatching(".*\\.node\\.(Raft|Log|Group|Slice|Batch|EngineStateMachine|Housekeeping).*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.vectorhub.engine.core..")
                .check(CLASSES);
    }
}
