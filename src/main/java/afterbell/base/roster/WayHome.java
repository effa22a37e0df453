package afterbell.base.roster;

import afterbell.base.identity.PersonName;
import afterbell.base.shared.Ids;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How children may go home on a day: with whom, with the line, alone (R85, R86). The one source for every release; under a school's scope. What a paper
 * forbids wins over everything and is answered as ids, never as a reason (law 9).
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class WayHome {
    /** Digits of the code that somebody shows who is sent for one day. */
    public static final int CODE_DIGITS = 6;

    private static final List<String> ORDER = List.of("delegate", "guardian", "carer", "collector");

    private final JdbcClient sql;
    private final Questions questions;
    private final PersonalData personal;
    private final Ids ids;
    private final Clock clock;

    WayHome(JdbcClient sql, Questions questions, PersonalData personal, Ids ids, Clock clock) {
        this.sql = sql;
        this.questions = questions;
        this.personal = personal;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Somebody who may take the child.
     *
     * @param kind guardian, carer, collector; delegate for one who is sent for this day alone and shows a code
     */
    public record Taker(UUID adult, String name, String kind, String label) {
        public boolean byCode() {
            return kind.equals("delegate");
        }
    }

    /**
     * @param takers without those who are kept away
     * @param barred who must not take the child
     * @param line the consent by which the child leaves with the line today, or null
     * @param walk the consent by which it walks home alone today, or null
     */
    public record Ways(List<Taker> takers, Set<UUID> barred, @Nullable UUID line, @Nullable UUID walk) {
        private static final Ways NONE = new Ways(List.of(), Set.of(), null, null);

        public Set<UUID> takerIds() {
            return takers.stream().map(Taker::adult).collect(Collectors.toUnmodifiableSet());
        }

        public Set<UUID> consents() {
            Set<UUID> all = new HashSet<>();
            if (line != null) all.add(line);
            if (walk != null) all.add(walk);
            return Set.copyOf(all);
        }
    }

    private record Barred(UUID pupil, UUID adult) {}

    private record Listed(UUID pupil, UUID adult, String name, String kind, String label) {}

    private record Consent(UUID pupil, String kind, UUID consent) {}

    /** For each of these children; one statement whatever their number. */
    public Map<UUID, Ways> on(UUID school, LocalDate day, Collection<UUID> pupils) {
        Map<String, Object> values = Map.of("s", school, "p", pupils.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")), "d", day, "w", day.getDayOfWeek().getValue());
        Question<Barred> keptAway = new Question<>(Barred.class, "select pupil_id as pupil, adult_id as adult from roster.pub_barred where school_id = :s and pupil_id = any(:p::uuid[])", values);
        Question<Listed> listed = new Question<>(
                Listed.class,
                """
                select pupil_id as pupil, adult_id as adult, name, kind, label from roster.pub_relation where school_id = :s and pupil_id = any(:p::uuid[]) and kind <> 'emergency'
                union all
                select pupil_id, adult_id, name, 'delegate', '' from roster.pub_delegate where school_id = :s and pupil_id = any(:p::uuid[]) and day = :d
                """,
                values);
        Question<Consent> given = new Question<>(
                Consent.class,
                """
                select pupil_id as pupil, kind, consent_id as consent from roster.pub_consent
                where school_id = :s and pupil_id = any(:p::uuid[]) and :w = any(weekdays) and valid_from <= :d and (valid_to is null or valid_to >= :d)
                """,
                values);
        Questions.Answers all = questions.ask(keptAway, listed, given);
        Map<UUID, Set<UUID>> barred = all.of(keptAway).stream().collect(Collectors.groupingBy(Barred::pupil, Collectors.mapping(Barred::adult, Collectors.toSet())));
        Map<UUID, List<Taker>> takers = all.of(listed).stream()
                .filter(l -> !barred.getOrDefault(l.pupil(), Set.of()).contains(l.adult()))
                .sorted(Comparator.comparing((Listed l) -> ORDER.indexOf(l.kind())).thenComparing(Listed::adult))
                .collect(Collectors.groupingBy(Listed::pupil, Collectors.mapping(l -> new Taker(l.adult(), l.name(), l.kind(), l.label()), Collectors.toList())));
        Map<UUID, Map<String, UUID>> consents = all.of(given).stream().collect(Collectors.groupingBy(Consent::pupil, Collectors.toMap(Consent::kind, Consent::consent, (a, b) -> a)));
        Map<UUID, Ways> ways = new HashMap<>();
        for (UUID pupil : pupils) {
            Map<String, UUID> own = consents.getOrDefault(pupil, Map.of());
            ways.put(pupil, new Ways(List.copyOf(takers.getOrDefault(pupil, List.of())), Set.copyOf(barred.getOrDefault(pupil, Set.of())), own.get("class-line"), own.get("walk-home")));
        }
        return ways;
    }

    public Ways on(UUID school, LocalDate day, UUID pupil) {
        return on(school, day, List.of(pupil)).getOrDefault(pupil, Ways.NONE);
    }

    /** Which person of the child's list somebody with this account is; empty where he is none of them. */
    public Optional<UUID> listed(UUID school, UUID pupil, UUID account) {
        return sql.sql("""
                select r.adult_id from roster.pub_relation r where r.school_id = :s and r.pupil_id = :p and r.account_id = :a and r.kind <> 'emergency'
                  and not exists (select 1 from roster.pub_barred b where b.school_id = r.school_id and b.pupil_id = r.pupil_id and b.adult_id = r.adult_id)
                order by array_position(array['guardian', 'carer', 'collector'], r.kind) limit 1
                """)
                .param("s", school)
                .param("p", pupil)
                .param("a", account)
                .query(UUID.class)
                .optional();
    }

    /** Whether a paper of the office keeps somebody of this name from the child. Names are compared as people write them. */
    public boolean keptAway(UUID school, UUID pupil, String name) {
        return sql.sql("select person_key, name_sealed from roster.protection where school_id = :s and pupil_id = :p and ended_at is null")
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> personal.open(r.getBytes(1), r.getBytes(2)))
                .list()
                .stream()
                .anyMatch(kept -> PersonName.same(kept, name));
    }

    /** What a person of the school's lists is called, kept away or not. */
    public Optional<String> name(UUID school, UUID adult) {
        return sql.sql("select name from roster.pub_adult where school_id = :s and adult_id = :a").param("s", school).param("a", adult).query(String.class).optional();
    }

    /** Sends somebody for a child on one day. @param code {@link #CODE_DIGITS} digits, told to nobody but the guardian */
    public UUID send(UUID school, UUID pupil, String name, LocalDate day, String code, UUID by) {
        UUID adult = ids.next();
        UUID delegate = ids.next();
        byte[] own = personal.newKey();
        sql.sql("insert into roster.adult (school_id, adult_id, name) values (:s, :id, :name)").param("s", school).param("id", adult).param("name", name).update();
        sql.sql("""
                insert into roster.delegate (school_id, delegate_id, pupil_id, adult_id, day, code, person_key, code_sealed, given_by, given_at)
                values (:s, :id, :p, :a, :d, :c, :k, :sealed, :by, :at)
                """)
                .param("s", school)
                .param("id", delegate)
                .param("p", pupil)
                .param("a", adult)
                .param("d", day)
                .param("c", trace(pupil, day, code))
                .param("k", own)
                .param("sealed", personal.seal(own, code))
                .param("by", by)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        return adult;
    }

    /** Somebody sent for a child, with the code that the guardian passes on. */
    public record Sent(UUID adult, String name, LocalDate day, String code) {}

    public List<Sent> sent(UUID school, UUID pupil, LocalDate from) {
        return sql.sql("""
                select d.adult_id, a.name, d.day, d.person_key, d.code_sealed from roster.delegate d join roster.adult a on a.school_id = d.school_id and a.adult_id = d.adult_id
                where d.school_id = :s and d.pupil_id = :p and d.day >= :d and d.withdrawn_at is null order by d.day, d.given_at
                """)
                .param("s", school)
                .param("p", pupil)
                .param("d", from)
                .query((r, n) -> new Sent(r.getObject(1, UUID.class), r.getString(2), r.getObject(3, LocalDate.class), personal.open(r.getBytes(4), r.getBytes(5))))
                .list();
    }

    public boolean recall(UUID school, UUID pupil, UUID adult, UUID by) {
        return sql.sql("update roster.delegate set withdrawn_by = :by, withdrawn_at = :at where school_id = :s and pupil_id = :p and adult_id = :a and withdrawn_at is null")
                        .param("by", by)
                        .param("at", Timestamp.from(clock.instant()))
                        .param("s", school)
                        .param("p", pupil)
                        .param("a", adult)
                        .update()
                > 0;
    }

    /** Whom this code belongs to, for this child on this day; empty for a wrong, old or withdrawn one. */
    public Optional<UUID> byCode(UUID school, UUID pupil, LocalDate day, String code) {
        return sql.sql("select adult_id from roster.delegate where school_id = :s and pupil_id = :p and day = :d and code = :c and withdrawn_at is null")
                .param("s", school)
                .param("p", pupil)
                .param("d", day)
                .param("c", trace(pupil, day, code))
                .query(UUID.class)
                .optional();
    }

    private byte[] trace(UUID pupil, LocalDate day, String code) {
        return personal.trace("pick-up", pupil + "/" + day + "/" + code);
    }
}
