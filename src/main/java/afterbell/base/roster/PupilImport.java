package afterbell.base.roster;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.sheet.ClassNames;
import afterbell.base.shared.sheet.Contact;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.base.shared.text.Pinyin;
import afterbell.base.shared.web.Screen;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The roll of children. Makes the classes it names, seals numbers and phones, and shares an adult between sisters and brothers who give
 * the same name and phone. An identity number is read and kept only where a rule asks for it (P13).
 */
@Component
class PupilImport implements ImportTarget {
    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcClient sql;
    private final NamedParameterJdbcTemplate batch;
    private final Roster roster;
    private final Rules rules;
    private final PersonalData personal;
    private final Departures departures;
    private final Ids ids;
    private final Clock clock;

    PupilImport(JdbcClient sql, NamedParameterJdbcTemplate batch, Roster roster, Rules rules, PersonalData personal, Departures departures, Ids ids, Clock clock) {
        this.sql = sql;
        this.batch = batch;
        this.roster = roster;
        this.rules = rules;
        this.personal = personal;
        this.departures = departures;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public ImportKind kind(UUID school) {
        return SheetKinds.pupils(keepsIdentity(school));
    }

    private boolean keepsIdentity(UUID school) {
        return rules.value(school, today(), Rule.IDENTITY_NUMBER_REQUIRED);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    @Override
    public String key() {
        return "pupils";
    }

    private record Stored(
            UUID id, int grade, int number, String name, @Nullable String gender, @Nullable LocalDate birthday, String seat, byte @Nullable [] key, byte @Nullable [] registration, byte @Nullable [] identity) {}

    private record StoredAdult(UUID pupil, UUID adult, String name, String label, byte @Nullable [] key, byte @Nullable [] phone) {}

    @Override
    @Transactional(readOnly = true)
    public List<Known> known(UUID school) {
        ImportKind kind = kind(school);
        Map<UUID, List<Contact>> adults = adults(school).stream()
                .collect(Collectors.groupingBy(StoredAdult::pupil, Collectors.mapping(adult -> new Contact(adult.name(), label(adult), opened(adult.key(), adult.phone())), Collectors.toList())));
        List<Known> known = new ArrayList<>();
        for (Stored pupil : stored(school)) {
            Map<String, String> record = new HashMap<>();
            record.put("name", pupil.name());
            record.put("class", pupil.grade() + "-" + pupil.number());
            record.put("birthday", pupil.birthday() == null ? "" : pupil.birthday().toString());
            record.put("gender", pupil.gender() == null ? "" : pupil.gender());
            record.put("seat", pupil.seat());
            record.put("registration", orEmpty(opened(pupil.key(), pupil.registration())));
            if (kind.fields().contains("identity")) record.put("identity", orEmpty(opened(pupil.key(), pupil.identity())));
            record.put("adults", Contact.encode(adults.getOrDefault(pupil.id(), List.of())));
            known.add(new Known(pupil.id().toString(), kind.values(record)));
        }
        return known;
    }

    private List<Stored> stored(UUID school) {
        return sql.sql("""
                select p.pupil_id, c.grade, c.number, p.name, p.gender, p.birthday, p.seat, p.person_key, p.number_sealed, p.identity_sealed
                from roster.pupil p join roster.class c using (school_id, class_id) where p.school_id = :s and p.left_on is null order by c.grade, c.number, p.pupil_id
                """)
                .param("s", school)
                .query((r, n) -> new Stored(
                        r.getObject(1, UUID.class), r.getInt(2), r.getInt(3), r.getString(4), r.getString(5), r.getObject(6, LocalDate.class), r.getString(7), r.getBytes(8), r.getBytes(9), r.getBytes(10)))
                .list();
    }

    private List<StoredAdult> adults(UUID school) {
        return sql.sql("""
                select r.pupil_id, a.adult_id, a.name, r.label, a.person_key, a.phone_sealed from roster.relation r join roster.adult a using (school_id, adult_id)
                where r.school_id = :s and r.until is null and r.kind = 'guardian' order by r.pupil_id, r.adult_id
                """)
                .param("s", school)
                .query((r, n) -> new StoredAdult(r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getString(3), r.getString(4), r.getBytes(5), r.getBytes(6)))
                .list();
    }

    private @Nullable String opened(byte @Nullable [] key, byte @Nullable [] sealed) {
        return key == null || sealed == null ? null : personal.open(key, sealed);
    }

    private static @Nullable String label(StoredAdult adult) {
        return adult.label().isEmpty() ? null : adult.label();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(UUID school, ImportPreview preview, Set<String> gone) {
        return new Application(school, preview).run(gone);
    }

    /** One import being applied. */
    private final class Application {
        private final UUID school;
        private final ImportPreview preview;
        private final ImportKind kind;
        private final LocalDate today = today();
        private final UUID actor = Scopes.current().map(Scope::account).orElse(NOBODY);
        private final Map<String, UUID> classes = new HashMap<>();
        private final Map<String, UUID> adultsByPhone = new HashMap<>();
        private final Map<UUID, byte[]> keys = new HashMap<>();
        private final Map<String, Integer> here = new HashMap<>();
        private final Map<String, Integer> coming = new HashMap<>();
        private final Map<UUID, List<StoredAdult>> adultsOf;
        private final List<MapSqlParameterSource> newPupils = new ArrayList<>();
        private final List<MapSqlParameterSource> changedPupils = new ArrayList<>();
        private final List<MapSqlParameterSource> newAdults = new ArrayList<>();
        private final List<MapSqlParameterSource> changedAdults = new ArrayList<>();
        private final List<MapSqlParameterSource> relations = new ArrayList<>();
        private final List<MapSqlParameterSource> moves = new ArrayList<>();

        Application(UUID school, ImportPreview preview) {
            this.school = school;
            this.preview = preview;
            kind = preview.kind();
            for (Stored pupil : stored(school)) {
                if (pupil.key() != null) keys.put(pupil.id(), pupil.key());
                here.merge(pupil.grade() + "-" + pupil.number(), 1, Integer::sum);
            }
            for (ImportPreview.Entry entry : preview.entries()) if (entry instanceof ImportPreview.New fresh) coming.merge(value(fresh.row().values(), "class"), 1, Integer::sum);
            for (SchoolClass each : roster.classes(school)) classes.put(each.grade() + "-" + each.number(), each.id());
            List<StoredAdult> stored = adults(school);
            adultsOf = stored.stream().collect(Collectors.groupingBy(StoredAdult::pupil));
            for (StoredAdult adult : stored) {
                String phone = opened(adult.key(), adult.phone());
                if (phone != null) adultsByPhone.put(phone + adult.name(), adult.adult());
            }
        }

        Applied run(Set<String> gone) {
            makeClasses();
            int added = 0;
            int changed = 0;
            for (ImportPreview.Entry entry : preview.entries()) {
                switch (entry) {
                    case ImportPreview.New fresh -> {
                        add(fresh.row().values());
                        added++;
                    }
                    case ImportPreview.Changed different -> {
                        change(UUID.fromString(different.known().key()), different.known().values(), kind.merged(different.known().values(), different.row().values()));
                        changed++;
                    }
                    case ImportPreview.Same ignored -> {}
                    case ImportPreview.Ask ignored -> {}
                    case ImportPreview.Skipped ignored -> {}
                }
            }
            int removed = remove(gone);
            write();
            return new Applied(added, changed, removed);
        }

        /** A class that the file names and the school lacks begins with its first child. */
        private void makeClasses() {
            List<SchoolClass> fresh = new ArrayList<>();
            int year = roster.importContext(school, today).startYear();
            for (ImportPreview.Entry entry : preview.entries()) {
                if (!(entry instanceof ImportPreview.New || entry instanceof ImportPreview.Changed)) continue;
                String code = value(entry.row().values(), "class");
                if (code.isEmpty() || classes.containsKey(code)) continue;
                int grade = Integer.parseInt(code.substring(0, code.indexOf('-')));
                int number = Integer.parseInt(code.substring(code.indexOf('-') + 1));
                UUID id = ids.next();
                classes.put(code, id);
                fresh.add(new SchoolClass(id, year, grade, number, ClassNames.write(grade, number), null));
            }
            if (!fresh.isEmpty()) roster.addClasses(school, fresh);
        }

        private void add(String[] values) {
            UUID id = ids.next();
            newPupils.add(pupil(id, values));
            move(id, null, classes.get(value(values, "class")));
            List<Contact> adults = Contact.decode(value(values, "adults"));
            for (Contact adult : adults) relate(id, adult);
        }

        private void change(UUID id, String[] before, String[] after) {
            changedPupils.add(pupil(id, after));
            String from = value(before, "class");
            String to = value(after, "class");
            if (!from.equals(to)) move(id, classes.get(from), classes.get(to));
            if (!value(before, "adults").equals(value(after, "adults"))) changeAdults(id, Contact.decode(value(before, "adults")), Contact.decode(value(after, "adults")));
        }

        /** Merging keeps the order of who is known, so the first ones are they and the rest is new. */
        private void changeAdults(UUID pupil, List<Contact> before, List<Contact> after) {
            List<StoredAdult> stored = adultsOf.getOrDefault(pupil, List.of());
            for (int i = 0; i < after.size(); i++) {
                if (i >= before.size() || i >= stored.size()) relate(pupil, after.get(i));
                else if (!after.get(i).equals(before.get(i))) changeAdult(pupil, stored.get(i), after.get(i));
            }
        }

        private void changeAdult(UUID pupil, StoredAdult stored, Contact now) {
            byte[] key = stored.key() == null ? personal.newKey() : stored.key();
            changedAdults.add(sealedPhone(new MapSqlParameterSource("s", school).addValue("id", stored.adult()).addValue("name", name(now)), key, now.phone()));
            relations.add(relation(pupil, stored.adult(), now));
        }

        private void relate(UUID pupil, Contact contact) {
            String shared = contact.phone() == null ? null : contact.phone() + name(contact);
            UUID adult = shared == null ? null : adultsByPhone.get(shared);
            if (adult == null) {
                adult = ids.next();
                if (shared != null) adultsByPhone.put(shared, adult);
                newAdults.add(sealedPhone(new MapSqlParameterSource("s", school).addValue("id", adult).addValue("name", name(contact)), personal.newKey(), contact.phone()));
            }
            relations.add(relation(pupil, adult, contact));
        }

        private MapSqlParameterSource sealedPhone(MapSqlParameterSource row, byte[] key, @Nullable String phone) {
            return row.addValue("key", phone == null ? null : key, Types.BINARY)
                    .addValue("sealed", phone == null ? null : personal.seal(key, phone), Types.BINARY)
                    .addValue("trace", phone == null ? null : personal.trace("phone", phone), Types.BINARY);
        }

        private MapSqlParameterSource relation(UUID pupil, UUID adult, Contact contact) {
            return new MapSqlParameterSource("s", school)
                    .addValue("pupil", pupil)
                    .addValue("adult", adult)
                    .addValue("label", orEmpty(contact.relation()))
                    .addValue("since", today);
        }

        /** A parent of whom a list gives only the phone is called by the relation until somebody knows better. */
        private String name(Contact contact) {
            if (contact.name() != null) return contact.name();
            return contact.phone() == null ? "?" : "*" + contact.phone().substring(Math.max(0, contact.phone().length() - 4));
        }

        private MapSqlParameterSource pupil(UUID id, String[] values) {
            String registration = value(values, "registration");
            String identity = kind.fields().contains("identity") ? value(values, "identity") : "";
            byte[] known = keys.get(id);
            byte[] key = known != null ? known : registration.isEmpty() && identity.isEmpty() ? null : personal.newKey();
            String birthday = value(values, "birthday");
            String gender = value(values, "gender");
            return new MapSqlParameterSource("s", school)
                    .addValue("id", id)
                    .addValue("class", classes.get(value(values, "class")))
                    .addValue("name", value(values, "name"))
                    .addValue("initials", Pinyin.initials(value(values, "name")))
                    .addValue("search", Pinyin.searchColumn(value(values, "name")))
                    .addValue("gender", gender.isEmpty() ? null : gender, Types.VARCHAR)
                    .addValue("birthday", birthday.isEmpty() ? null : LocalDate.parse(birthday), Types.DATE)
                    .addValue("seat", value(values, "seat"))
                    .addValue("key", key, Types.BINARY)
                    .addValue("number", sealed(key, registration), Types.BINARY)
                    .addValue("numberTrace", trace("pupil-number", registration), Types.BINARY)
                    .addValue("identity", sealed(key, identity), Types.BINARY)
                    .addValue("identityTrace", trace("identity", identity), Types.BINARY)
                    .addValue("joined", joins(value(values, "class")) ? today : null, Types.DATE);
        }

        /** Who comes with most of its class was there before anybody wrote it down: the day of a list is no first day of school. */
        private boolean joins(String code) {
            return coming.getOrDefault(code, 0) <= here.getOrDefault(code, 0);
        }

        private byte @Nullable [] sealed(byte @Nullable [] key, String text) {
            return key == null || text.isEmpty() ? null : personal.seal(key, text);
        }

        private byte @Nullable [] trace(String what, String text) {
            return text.isEmpty() ? null : personal.trace(what, text);
        }

        private void move(UUID pupil, @Nullable UUID from, @Nullable UUID to) {
            moves.add(new MapSqlParameterSource("s", school)
                    .addValue("id", ids.next())
                    .addValue("pupil", pupil)
                    .addValue("from", from, Types.OTHER)
                    .addValue("to", to, Types.OTHER)
                    .addValue("day", today)
                    .addValue("by", actor)
                    .addValue("at", Timestamp.from(clock.instant())));
        }

        private int remove(Set<String> gone) {
            List<UUID> leaving = preview.gone().stream().filter(record -> gone.contains(record.key())).map(record -> UUID.fromString(record.key())).toList();
            return departures.carryOut(school, leaving, today);
        }

        private void write() {
            run(newPupils, """
                    insert into roster.pupil (school_id, pupil_id, class_id, name, initials, search, gender, birthday, seat, person_key, number_sealed, number_trace, identity_sealed, identity_trace, joined_on)
                    values (:s, :id, :class, :name, :initials, :search, :gender, :birthday, :seat, :key, :number, :numberTrace, :identity, :identityTrace, :joined)
                    """);
            run(changedPupils, """
                    update roster.pupil set class_id = :class, name = :name, initials = :initials, search = :search, gender = :gender, birthday = :birthday, seat = :seat,
                        person_key = coalesce(:key, person_key), number_sealed = coalesce(:number, number_sealed), number_trace = coalesce(:numberTrace, number_trace),
                        identity_sealed = coalesce(:identity, identity_sealed), identity_trace = coalesce(:identityTrace, identity_trace)
                    where school_id = :s and pupil_id = :id
                    """);
            run(newAdults, "insert into roster.adult (school_id, adult_id, name, person_key, phone_sealed, phone_trace) values (:s, :id, :name, :key, :sealed, :trace)");
            run(changedAdults, "update roster.adult set name = :name, person_key = coalesce(:key, person_key), phone_sealed = coalesce(:sealed, phone_sealed), phone_trace = coalesce(:trace, phone_trace) where school_id = :s and adult_id = :id");
            run(relations, """
                    insert into roster.relation (school_id, pupil_id, adult_id, kind, label, since) values (:s, :pupil, :adult, 'guardian', :label, :since)
                    on conflict (school_id, pupil_id, adult_id) do update set label = case when excluded.label = '' then relation.label else excluded.label end
                    """);
            run(moves, "insert into roster.transfer (school_id, transfer_id, pupil_id, from_class, to_class, on_day, done_by, done_at) values (:s, :id, :pupil, :from, :to, :day, :by, :at)");
        }

        private void run(List<MapSqlParameterSource> rows, String statement) {
            if (!rows.isEmpty()) batch.batchUpdate(statement, rows.toArray(MapSqlParameterSource[]::new));
        }

        private String value(String[] values, String field) {
            return values[kind.index(field)];
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
