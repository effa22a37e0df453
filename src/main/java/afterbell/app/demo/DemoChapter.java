package afterbell.app.demo;

import java.util.UUID;

/** One part of the demo world, loaded in the order of its {@code @Order} under the scope of the demo school; opens its own transactions. */
public interface DemoChapter {
    void load(DemoSchool plan, UUID school);
}
