package afterbell.term.enrolment.reviewing;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Forbidden;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Listing;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Reviewer;
import afterbell.term.enrolment.Round;
import java.time.Clock;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional(readOnly = true)
class ShowQueue {
    private static final List<Listing.Column> COLUMNS = List.of(
            Listing.Column.text("name", "enrolment.class.child").unsorted(),
            Listing.Column.text("answer", "enrolment.review.answer").unsorted(),
            Listing.Column.text("wishes", "enrolment.review.wishes").unsorted());

    private final Enrolments enrolments;
    private final QueueStore store;
    private final Clock clock;

    ShowQueue(Enrolments enrolments, QueueStore store, Clock clock) {
        this.enrolments = enrolments;
        this.store = store;
        this.clock = clock;
    }

    /** The first step of the round that is this person's. */
    String first(Wearer me, UUID id) {
        return mine(me, enrolments.round(me.school(), id)).stream().findFirst().orElseThrow(Forbidden::new);
    }

    private static List<String> mine(Wearer me, Round round) {
        return round.reviewSteps().stream().filter(s -> Reviewer.of(me, s).isPresent()).toList();
    }

    QueuePage page(Wearer me, UUID id, String step, Map<String, String[]> parameters, List<Refusal> refusals) {
        UUID school = me.school();
        Round round = enrolments.round(school, id);
        int at = round.reviewSteps().indexOf(step);
        if (at < 0 || round.state() != Round.State.CLOSED) throw new NotFound();
        Reviewer reviewer = Reviewer.of(me, step).orElseThrow(Forbidden::new);
        Listing list = Listing.of("/rounds/" + id + "/review/" + step, parameters, COLUMNS, "");
        QueueStore.Filter filter = new QueueStore.Filter(list.filter("show").equals("returned"), list.filter("class"), list.filter("typed").equals("true"), list.filter("q"));
        Listing counted = list.counted(store.count(school, id, at, reviewer, filter));
        QueueStore.Counts counts = store.counts(school, id, at, reviewer);
        return new QueuePage(
                round,
                step,
                at + 1 < round.reviewSteps().size() ? round.reviewSteps().get(at + 1) : "",
                round.stepEnds(at),
                clock.instant(),
                mine(me, round),
                counts.waiting(),
                counts.returned(),
                counts.typed(),
                store.classes(school, id, at, reviewer).stream().map(c -> Choice.of(c.id().toString(), c.name())).toList(),
                counted,
                store.rows(school, id, at, reviewer, filter, counted.offset(), counted.size()).stream().map(r -> row(school, round, r)).toList(),
                refusals);
    }

    private QueuePage.Row row(UUID school, Round round, QueueStore.Row r) {
        Menu menu = enrolments.menu(school, round.term(), r.grade());
        Map<LocalTime, List<Integer>> byEnd = new TreeMap<>();
        for (String day : r.days().split(" ")) {
            if (day.indexOf(':') != 1) continue;
            int weekday = day.charAt(0) - '0';
            int ordinal = Integer.parseInt(day.substring(2));
            menu.on(weekday).stream().filter(s -> s.ordinal() == ordinal).findFirst().ifPresent(s -> byEnd.computeIfAbsent(s.ends(), e -> new ArrayList<>()).add(weekday));
        }
        List<QueuePage.Wish> wishes = new ArrayList<>();
        for (String wish : r.wishes().split("\\|")) if (wish.indexOf(':') == 1) wishes.add(new QueuePage.Wish(wish.charAt(0) - '0', wish.substring(2)));
        List<QueuePage.Stay> stays = byEnd.entrySet().stream().map(e -> new QueuePage.Stay(List.copyOf(e.getValue()), e.getKey())).toList();
        return new QueuePage.Row(r.pupil().toString(), r.name(), r.className(), r.takesPart(), r.forFamily(), r.mended(), r.reason(), stays, wishes);
    }
}
