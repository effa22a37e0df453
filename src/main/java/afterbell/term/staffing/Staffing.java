package afterbell.term.staffing;

import afterbell.base.calendar.Calendars;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.Screen;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
    private final Calendars calendars;
    private final PersonalData personal;
    private final Clock clock;

    Staffing(JdbcClient sql, NamedParameterJdbcOperations many, Calendars calendars, PersonalData personal, Clock clock) {
        this.sql = sql;
        this.many = many;
        this.calendars = calendars;
        this.personal = personal;
        this.clock = clock;
    }

    public List<Provider> providers(UUID school) {
        return sql.sql("select provider_id, name, kind, chosen_by, retired from staffing.provider where school_id = :s order by name")
                .param("s", school)
                .query((r, n) -> new Provider(
                        r.getObject(1, UUID.class), r.getString(2), Provider.Kind.valueOf(constant(r.getString(3))), Provider.Selection.valueOf(constant(r.getString(4))), r.getBoolean(5)))
                .list();
    }

    public List<Vetting> vettings(UUID school) {
        return sql.sql("select vetting_id, provider_id, staff_id, kind, valid_from, valid_until, file_id, note from staffing.vetting where school_id = :s order by valid_from desc, vetting_id")
                .param("s", school)
                .query((r, n) -> new Vetting(
                        r.getObject(1, UUID.class),
                        r.getObject(2, UUID.class),
                        r.getObject(3, UUID.class),
                        Vetting.Kind.valueOf(constant(r.getString(4))),
                        r.getObject(5, LocalDate.class),
                        r.getObject(6, LocalDate.class),
                        r.getObject(7, UUID.class),
                        r.getString(8)))
                .list();
    }

    public List<Talent> talents(UUID school) {
        return sql.sql("select talent_id as id, staff_id as staff, what, domain, grade_lo, grade_hi from staffing.talent where school_id = :s order by what, talent_id")
                .param("s", school)
                .query(Talent.class)
                .list();
    }

    public List<Availability> availabilities(UUID school) {
        return sql.sql("select availability_id, staff_id, weekday, starts, ends from staffing.availability where school_id = :s order by weekday, starts")
                .param("s", school)
                .query((r, n) -> new Availability(r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getInt(3), r.getObject(4, LocalTime.class), r.getObject(5, LocalTime.class)))
                .list();
    }

    /** Outside teachers and the provider that sends each: staff id to provider id. */
    public Map<UUID, UUID> sentBy(UUID school) {
        return sql
                .sql("select staff_id, provider_id from staffing.provider_staff where school_id = :s")
                .param("s", school)
                .query((r, n) -> Map.entry(r.getObject(1, UUID.class), r.getObject(2, UUID.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Fitness of every provider on a day. */
    public List<Fitness> providersFit(UUID school, LocalDate day) {
        List<Vetting> all = vettings(school);
        return providers(school).stream().map(p -> fitness(p.id(), p.name(), VettingPolicy.of(p.kind()), all, day)).toList();
    }

    /** Fitness of outside teachers on a day; names are the caller's business and stay empty. */
    public List<Fitness> peopleFit(UUID school, Collection<UUID> staff, LocalDate day) {
        List<Vetting> all = vettings(school);
        return staff.stream().map(id -> fitness(id, "", VettingPolicy.ofPeople(), all, day)).toList();
    }

    private static Fitness fitness(UUID id, String name, Set<Vetting.Kind> wanted, List<Vetting> all, LocalDate day) {
        List<Vetting> own = all.stream().filter(v -> id.equals(v.provider()) || id.equals(v.staff())).toList();
        return new Fitness(id, name, VettingPolicy.missing(wanted, own, day), VettingPolicy.fitUntil(wanted, own, day).orElse(null));
    }

    /** How providers stand today, or on the first day of clubs where that is still to come. */
    public Map<UUID, Standing> providersStand(UUID school) {
        List<Vetting> all = vettings(school);
        LocalDate day = judged(school);
        return providers(school).stream().collect(Collectors.toMap(Provider::id, p -> Standing.of("provider", p.id(), VettingPolicy.of(p.kind()), all, day)));
    }

    /** The same for outside teachers. */
    public Map<UUID, Standing> peopleStand(UUID school, Collection<UUID> staff) {
        if (staff.isEmpty()) return Map.of();
        List<Vetting> all = vettings(school);
        LocalDate day = judged(school);
        return staff.stream().collect(Collectors.toMap(Function.identity(), id -> Standing.of("staff", id, VettingPolicy.ofPeople(), all, day)));
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

    private static String constant(String code) {
        return code.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
