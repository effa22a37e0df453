package afterbell.testing;

import afterbell.Afterbell;
import org.springframework.boot.SpringApplication;

/** A node of the house as a process of its own, for tests that kill it; its settings come by environment. */
public final class HouseProcess {
    private HouseProcess() {}

    public static void main(String[] args) {
        new SpringApplication(Afterbell.class).run(args);
    }
}
