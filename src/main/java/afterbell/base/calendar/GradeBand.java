package afterbell.base.calendar;

import afterbell.base.rules.Bilingual;
import afterbell.base.rules.Stage;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/** Grades that keep the same bells. */
public record GradeBand(String code, Bilingual name, Set<Integer> grades) {

    public GradeBand {
        grades = Collections.unmodifiableSet(new TreeSet<>(grades));
        if (grades.isEmpty()) throw new IllegalArgumentException("a band without grades: " + code);
    }

    public Set<Stage> stages() {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        grades.forEach(grade -> stages.add(Stage.ofGrade(grade)));
        return stages;
    }
}
