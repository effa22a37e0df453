package afterbell.money.billing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Afterbell;
import afterbell.Req;
import afterbell.app.demo.DemoCards;
import afterbell.app.demo.DemoSchool;
import afterbell.base.identity.DemoAccounts.Card;
import afterbell.base.roster.Roster;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Screen;
import afterbell.testing.Shown;
import afterbell.testing.TestDatabase;
import afterbell.testing.Visitor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Law 9 in the demo world: everybody but office, principal and finance walks along all links, files too; then a child of the shown class becomes exempt and last
 * month is locked anew, so that it owes nothing for it; then everybody looks again at the same addresses.
 */
@SpringBootTest(classes = Afterbell.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "afterbell.demo=true")
@ContextConfiguration(initializers = TestDatabase.class)
@Import(Visitor.Maker.class)
@Tag("full")
@Req("R119")
class ExemptWalkIT {
    private static final Set<String> MAY_KNOW = Set.of("OFFICE", "PRINCIPAL", "FINANCE");
    private static final Pattern LINK = Pattern.compile("<a\\b[^>]*\\shref=\"(/[^\"/#][^\"#]*|/)");
    /** Where the ids stand in an address; pages that differ in them alone are one kind. */
    private static final Pattern PLACE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d{2}(-\\d{2})?");
    private static final int OF_A_KIND = 3;

    @Autowired Schools schools;
    @Autowired Roster roster;
    @Autowired Periods periods;
    @Autowired ClosePeriod close;
    @Autowired Ledger ledger;
    @Autowired JdbcClient sql;
    @Autowired TransactionTemplate transactions;
    @Autowired ShiftableClock clock;
    @Autowired Ids ids;
    @Autowired Visitor.Maker visitors;

    private UUID school = new UUID(0, 0);
    private Instant moment = Instant.EPOCH;

    @Test
    void nobody_who_need_not_know_sees_that_a_child_is_exempt() {
        moment = clock.instant();
        school = Objects.requireNonNull(Scopes.within(Scope.DOOR, () -> transactions.execute(t -> schools.byCode(DemoSchool.standard().code()).orElseThrow())));
        Map<String, Visitor> people = new LinkedHashMap<>();
        for (Card card : DemoCards.CARDS) if (!MAY_KNOW.contains(card.role())) people.put(card.role(), visitors.signedIn(card.user(), card.password()));
        UUID child = child();
        Map<String, Map<String, Shown>> before = new LinkedHashMap<>();
        people.forEach((role, who) -> before.put(role, walk(who, child)));
        exempt(child);
        Set<String> restless = new TreeSet<>();
        before.forEach((role, pages) -> {
            assertThat(pages).as(role + " sees").hasSizeGreaterThan(10);
            pages.forEach((path, was) -> {
                Visitor who = Objects.requireNonNull(people.get(role));
                Shown is = seen(who, path);
                if (is.equals(was)) return;
                if (is.equals(seen(who, path))) assertThat(is).as(role + " at " + path).isEqualTo(was);
                restless.add(PLACE.matcher(path).replaceAll("*"));
            });
        });
        assertThat(restless).as("what differs from itself").isEmpty();
        assertThat(before.get("CLASS_TEACHER").values().stream().filter(Shown::file)).as("files of the class teacher").hasSizeGreaterThan(4);
        clock.shiftBy(clock.shift().negated());
    }

    /** A child of the shown teacher's class that was charged last month, and not the shown family's. */
    private UUID child() {
        return scoped(() -> sql.sql("""
                select c.pupil_id from billing.pub_charge c
                join roster.pub_pupil p using (school_id, pupil_id)
                where c.school_id = :s and p.grade = 3 and p.class_number = 2 and not exists (select 1 from identity.pub_grant f where f.school_id = c.school_id and f.pupil_id = c.pupil_id)
                group by c.pupil_id having sum(c.fen) > 0 order by c.pupil_id limit 1
                """).param("s", school).query(UUID.class).single());
    }

    private void exempt(UUID child) {
        long owed = owes(child);
        LocalDate today = LocalDate.ofInstant(moment, Screen.ZONE);
        Periods.Period last = scoped(() -> {
            roster.addStandings(school, List.of(new Roster.NewStanding(ids.next(), child, "low-income", today.minusYears(1), null, null)));
            return periods.all(school).stream().filter(Periods.Period::settled).findFirst().orElseThrow();
        });
        Scopes.within(Scope.school(school, null), () -> close.close(school, last.id(), false, moment));
        assertThat(owes(child)).as("it owes less now").isLessThan(owed);
    }

    private long owes(UUID child) {
        return scoped(() -> ledger.familyBalances(school, List.of(child)).getOrDefault(child, 0L));
    }

    private <T> T scoped(Supplier<T> work) {
        return Scopes.within(Scope.school(school, null), () -> Objects.requireNonNull(transactions.execute(t -> work.get())));
    }

    /** All kinds of addresses that links lead to, some of each kind, and every one that names the child. */
    private Map<String, Shown> walk(Visitor who, UUID child) {
        Map<String, Shown> pages = new LinkedHashMap<>();
        Map<String, Integer> kinds = new HashMap<>();
        Deque<String> todo = new ArrayDeque<>(List.of("/"));
        while (!todo.isEmpty()) {
            String path = todo.poll();
            if (pages.containsKey(path) || path.contains("stream") || !path.contains(child.toString()) && kinds.merge(PLACE.matcher(path).replaceAll("*"), 1, Integer::sum) > OF_A_KIND) continue;
            Shown shown = seen(who, path);
            pages.put(path, shown);
            if (shown.file() || shown.status() != 200) continue;
            Matcher links = LINK.matcher(shown.text());
            while (links.find()) todo.add(links.group(1).replace("&amp;", "&"));
        }
        return pages;
    }

    /** At the same moment, however long the walk takes. */
    private Shown seen(Visitor who, String path) {
        clock.shiftTo(moment);
        return Shown.of(who, visitors.base(), path);
    }
}
