package dev.vectorhub.console;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.vectorhub.console.access.Viewer;
import java.util.List;

/** A method whose first parameter is the viewer. */
final class ViewerFirst extends ArchCondition<JavaMethod> {
    static final ViewerFirst CONDITION = new ViewerFirst();

    private ViewerFirst() {
        super("take the viewer as first argument");
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
        List<JavaClass> parameters = method.getRawParameterTypes();
        boolean first = !parameters.isEmpty() && parameters.getFirst().isEquivalentTo(Viewer.class);
        events.add(new SimpleConditionEvent(method, first, method.getFullName() + " takes " + parameters));
    }
}
