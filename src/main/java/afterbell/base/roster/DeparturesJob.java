package afterbell.base.roster;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Carries out the departures of the day, on whichever node looks first. */
@Component
class DeparturesJob {
    private static final Duration EVERY = Duration.ofMinutes(30);

    private final Departures departures;
    private final EverySchool schools;
    private final Clock clock;

    DeparturesJob(Departures departures, EverySchool schools, Rounds rounds, Clock clock) {
        this.departures = departures;
        this.schools = schools;
        this.clock = clock;
        rounds.every("departures", Duration.ofMinutes(1), EVERY, this::look);
    }

    private void look() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        schools.run("departures", school -> departures.due(school, today));
    }
}
