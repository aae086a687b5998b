package dev.vectorhub.api.startup;

import java.util.List;

/** A bean that looks at one part of the configuration before the port opens. */
public interface ProductionReadinessCheck {

    /** What was found; empty when all is well. */
    List<Finding> findings();
}
