package afterbell.term.staffing;

import afterbell.base.calendar.Calendars;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Screen;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who can teach what and when, and who from outside is fit to. Every call stays inside the caller's scope. */
@Component
@Transactional(readOnly = true)
public class Staffing {
    private final JdbcClient sql;
    private final NamedParameterJdbcOperations many;
    private final Questions questions;
    private final Calendars calendars;
    private final PersonalData personal;
    private final Clock clock;

    Staffing(JdbcClient sql, NamedParameterJdbcOperations many, Questions questions, Calendars calendars, PersonalData personal, Clock clock) {
        this.sql = sql;
        this.many = many;
        this.questions = questions;
        this.calendars = calendars;
        this.personal = personal;
        this.clock = clock;
    }

    public static Question<Provider> providersOf(UUID school) {
        return new Question<>(
                Provider.class,
                "select provider_id as id, name, kind, replace(chosen_by, '-', '_') as chosen_by, retired from staffing.provider where school_id = :s order by name",
                Map.of("s", school));
    }

    public List<Provider> providers(UUID school) {
        return questions.ask(providersOf(school));
    }

    public static Question<Vetting> vettingsOf(UUID school) {
        return new Question<>(
                Vetting.class,
                """
                select vetting_id as id, provider_id as provider, staff_id as staff, kind, valid_from as "from", valid_until as until, file_id as file, note
                from staffing.vetting where school_id = :s order by valid_from desc, vetting_id
                """,
                Map.of("s", school));
    }

    public List<Vetting> vettings(UUID school) {
        return questions.ask(vettingsOf(school));
    }

    public static Question<Talent> talentsOf(UUID school) {
        return new Question<>(
                Talent.class,
                "select talent_id as id, staff_id as staff, what, domain, grade_lo, grade_hi from staffing.talent where school_id = :s order by what, talent_id",
                Map.of("s", school));
    }

    public List<Talent> talents(UUID school) {
        return questions.ask(talentsOf(school));
    }

    public static Question<Availability> availabilitiesOf(UUID school) {
        return new Question<>(
                Availability.class,
                "select availability_id as id, staff_id as staff, weekday, starts as \"from\", ends as until from staffing.availability where school_id = :s order by weekday, starts",
                Map.of("s", school));
    }

    public List<Availability> availabilities(UUID school) {
        return questions.ask(availabilitiesOf(school));
    }

    /** An outside teacher and the provider that sends them. */
    public record Sent(UUID staff, UUID provider) {}

    public static Question<Sent> sentOf(UUID school) {
        return new Question<>(Sent.class, "select staff_id as staff, provider_id as provider from staffing.provider_staff where school_id = :s", Map.of("s", school));
    }

    /** The same by teacher. */
    public static Map<UUID, UUID> byStaff(List<Sent> sent) {
        return sent.stream().collect(Collectors.toMap(Sent::staff, Sent::provider));
    }

    /** Fitness of every provider on a day. */
    public static Map<UUID, Fitness> providersFit(List<Provider> providers, List<Vetting> all, LocalDate day) {
        return providers.stream().collect(Collectors.toMap(Provider::id, p -> fitness(p.id(), p.name(), VettingPolicy.of(p.kind()), all, day)));
    }

    /** Fitness of outside teachers on a day; names are the caller's business and stay empty. */
    public static Map<UUID, Fitness> peopleFit(Collection<UUID> staff, List<Vetting> all, LocalDate day) {
        return staff.stream().collect(Collectors.toMap(Function.identity(), id -> fitness(id, "", VettingPolicy.ofPeople(), all, day)));
    }

    private static Fitness fitness(UUID id, String name, Set<Vetting.Kind> wanted, List<Vetting> all, LocalDate day) {
        List<Vetting> own = all.stream().filter(v -> id.equals(v.provider()) || id.equals(v.staff())).toList();
        return new Fitness(id, name, VettingPolicy.missing(wanted, own, day), VettingPolicy.fitUntil(wanted, own, day).orElse(null));
    }

    /**
     * Everything that says who from outside may lead children.
     *
     * @param sentBy outside teacher to provider
     * @param day the day that is judged: today, or the first day of clubs where that is still to come
     */
    public record Outside(List<Provider> providers, List<Vetting> vettings, Map<UUID, UUID> sentBy, LocalDate day) {
        public Standing of(Provider provider) {
            return Standing.of("provider", provider.id(), VettingPolicy.of(provider.kind()), vettings, day);
        }

        public Standing ofPerson(UUID staff) {
            return Standing.of("staff", staff, VettingPolicy.ofPeople(), vettings, day);
        }

        public Provider provider(UUID id) {
            return providers.stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow(NotFound::new);
        }
    }

    public Outside outside(UUID school) {
        Question<Provider> providers = providersOf(school);
        Question<Vetting> vettings = vettingsOf(school);
        Question<Sent> sent = sentOf(school);
        Questions.Answers all = questions.ask(providers, vettings, sent);
        return new Outside(all.of(providers), all.of(vettings), byStaff(all.of(sent)), judged(school));
    }

    private LocalDate judged(UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        return calendars.termAt(school, today).map(t -> t.dates().mondayOfWeek(t.clubsWeek())).filter(clubs -> clubs.isAfter(today)).orElse(today);
    }

    /** How the office reaches a provider. */
    public record Contact(String name, String phone, String note) {}

    public Contact contact(UUID school, UUID provider) {
        return sql.sql("select contact, note, contact_key, phone_sealed from staffing.provider_note where school_id = :s and provider_id = :p")
                .param("s", school)
                .param("p", provider)
                .query((r, n) -> {
                    byte @Nullable [] key = r.getBytes("contact_key");
                    byte @Nullable [] phone = r.getBytes("phone_sealed");
                    return new Contact(r.getString("contact"), key == null || phone == null ? "" : personal.open(key, phone), r.getString("note"));
                })
                .optional()
                .orElse(new Contact("", "", ""));
    }

    @Transactional
    public void putContact(UUID school, UUID provider, Contact contact) {
        byte @Nullable [] key = contact.phone().isEmpty() ? null : personal.newKey();
        sql.sql("""
                insert into staffing.provider_note (school_id, provider_id, contact, note, contact_key, phone_sealed) values (:s, :p, :contact, :note, :key, :phone)
                on conflict (school_id, provider_id) do update set contact = excluded.contact, note = excluded.note, contact_key = excluded.contact_key, phone_sealed = excluded.phone_sealed
                """)
                .param("s", school)
                .param("p", provider)
                .param("contact", contact.name())
                .param("note", contact.note())
                .param("key", key, Types.BINARY)
                .param("phone", key == null ? null : personal.seal(key, contact.phone()), Types.BINARY)
                .update();
    }

    @Transactional
    public void removeVetting(UUID school, UUID vetting) {
        sql.sql("delete from staffing.vetting where school_id = :s and vetting_id = :v").param("s", school).param("v", vetting).update();
    }

    /** What one person can lead, and nothing else. */
    @Transactional
    public void replaceTalents(UUID school, UUID staff, List<Talent> talents) {
        sql.sql("delete from staffing.talent where school_id = :s and staff_id = :staff").param("s", school).param("staff", staff).update();
        putTalents(school, talents);
    }

    @Transactional
    public void putProviders(UUID school, List<Provider> providers) {
        each(
                """
                insert into staffing.provider (school_id, provider_id, name, kind, chosen_by, retired) values (:s, :id, :name, :kind, :chosen, :retired)
                on conflict (school_id, provider_id) do update set name = excluded.name, kind = excluded.kind, chosen_by = excluded.chosen_by, retired = excluded.retired
                """,
                providers.stream()
                        .map(p -> row(school)
                                .addValue("id", p.id())
                                .addValue("name", p.name())
                                .addValue("kind", p.kind().code())
                                .addValue("chosen", p.chosenBy().code())
                                .addValue("retired", p.retired()))
                        .toList());
    }

    /** Says which outside teachers a provider sends; who was with another one moves. */
    @Transactional
    public void send(UUID school, UUID provider, Collection<UUID> staff) {
        each(
                """
                insert into staffing.provider_staff (school_id, provider_id, staff_id) values (:s, :p, :id)
                on conflict (school_id, staff_id) do update set provider_id = excluded.provider_id
                """,
                staff.stream().map(id -> row(school).addValue("p", provider).addValue("id", id)).toList());
    }

    @Transactional
    public void putVettings(UUID school, @Nullable UUID by, List<Vetting> vettings) {
        each(
                """
                insert into staffing.vetting (school_id, vetting_id, provider_id, staff_id, kind, valid_from, valid_until, file_id, checked_by, checked_at, note)
                values (:s, :id, :provider, :staff, :kind, :from, :until, :file, :by, :at, :note)
                on conflict (school_id, vetting_id) do update set kind = excluded.kind, valid_from = excluded.valid_from, valid_until = excluded.valid_until, file_id = excluded.file_id, note = excluded.note
                """,
                vettings.stream()
                        .map(v -> row(school)
                                .addValue("id", v.id())
                                .addValue("provider", v.provider())
                                .addValue("staff", v.staff())
                                .addValue("kind", v.kind().code())
                                .addValue("from", v.from())
                                .addValue("until", v.until())
                                .addValue("file", v.file())
                                .addValue("by", by)
                                .addValue("at", Timestamp.from(clock.instant()))
                                .addValue("note", v.note()))
                        .toList());
    }

    /** Adds talents; the same person and word again changes domain and grades. */
    @Transactional
    public void putTalents(UUID school, List<Talent> talents) {
        each(
                """
                insert into staffing.talent (school_id, talent_id, staff_id, what, domain, grade_lo, grade_hi) values (:s, :id, :staff, :what, :domain, :lo, :hi)
                on conflict (school_id, staff_id, what) do update set domain = excluded.domain, grade_lo = excluded.grade_lo, grade_hi = excluded.grade_hi
                """,
                talents.stream()
                        .map(t -> row(school)
                                .addValue("id", t.id())
                                .addValue("staff", t.staff())
                                .addValue("what", t.what())
                                .addValue("domain", t.domain())
                                .addValue("lo", t.gradeLo())
                                .addValue("hi", t.gradeHi()))
                        .toList());
    }

    /** Replaces the availability of the persons named. */
    @Transactional
    public void putAvailability(UUID school, Collection<UUID> staff, List<Availability> times) {
        if (staff.isEmpty()) return;
        sql.sql("delete from staffing.availability where school_id = :s and staff_id in (:staff)").param("s", school).param("staff", staff).update();
        each(
                "insert into staffing.availability (school_id, availability_id, staff_id, weekday, starts, ends) values (:s, :id, :staff, :day, :from, :until)",
                times.stream()
                        .map(a -> row(school)
                                .addValue("id", a.id())
                                .addValue("staff", a.staff())
                                .addValue("day", a.weekday())
                                .addValue("from", a.from())
                                .addValue("until", a.until()))
                        .toList());
    }

    private void each(String statement, List<MapSqlParameterSource> rows) {
        if (!rows.isEmpty()) many.batchUpdate(statement, new ArrayList<>(rows).toArray(SqlParameterSource[]::new));
    }

    private static MapSqlParameterSource row(UUID school) {
        return new MapSqlParameterSource("s", school);
    }
}
