package afterbell.base.roster;

import afterbell.base.identity.Accounts;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.sheet.ClassNames;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.base.shared.text.Pinyin;
import afterbell.base.shared.web.Screen;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The people who work at the school, with the class that each is class teacher of. */
@Component
class StaffImport implements ImportTarget {
    private final JdbcClient sql;
    private final Roster roster;
    private final Accounts accounts;
    private final PersonalData personal;
    private final Ids ids;
    private final Clock clock;

    StaffImport(JdbcClient sql, Roster roster, Accounts accounts, PersonalData personal, Ids ids, Clock clock) {
        this.sql = sql;
        this.roster = roster;
        this.accounts = accounts;
        this.personal = personal;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public ImportKind kind(UUID school) {
        return SheetKinds.staff();
    }

    @Override
    public String key() {
        return "staff";
    }

    private record Stored(
            UUID id, @Nullable UUID account, String code, String name, @Nullable String gender, String title, String subject, String provider, @Nullable String schoolClass, byte @Nullable [] key, byte @Nullable [] phone) {}

    @Override
    @Transactional(readOnly = true)
    public List<Known> known(UUID school) {
        ImportKind kind = kind(school);
        List<Known> known = new ArrayList<>();
        for (Stored person : stored(school)) {
            Map<String, String> record = new HashMap<>();
            record.put("code", person.code());
            record.put("name", person.name());
            record.put("gender", person.gender() == null ? "" : person.gender());
            record.put("phone", person.key() == null || person.phone() == null ? "" : personal.open(person.key(), person.phone()));
            record.put("title", person.title());
            record.put("subject", person.subject());
            record.put("provider", person.provider());
            record.put("class", person.schoolClass() == null ? "" : person.schoolClass());
            known.add(new Known(person.id().toString(), kind.values(record)));
        }
        return known;
    }

    private List<Stored> stored(UUID school) {
        return sql.sql("""
                select s.staff_id, s.account_id, s.code, s.name, s.gender, s.title, s.subject, s.provider,
                       (select c.grade || '-' || c.number from roster.class_teacher t join roster.pub_class c using (school_id, class_id)
                        where t.school_id = s.school_id and t.staff_id = s.staff_id and not t.deputy order by c.school_year desc, c.grade, c.number limit 1), s.person_key, s.phone_sealed
                from roster.staff s where s.school_id = :s and s.left_on is null order by s.code
                """)
                .param("s", school)
                .query((r, n) -> new Stored(
                        r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getString(3), r.getString(4), r.getString(5), r.getString(6), r.getString(7), r.getString(8), r.getString(9), r.getBytes(10), r.getBytes(11)))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(UUID school, ImportPreview preview, Set<String> gone) {
        Map<String, UUID> classes = new HashMap<>();
        for (SchoolClass each : roster.classes(school)) classes.put(each.grade() + "-" + each.number(), each.id());
        makeClasses(school, preview, classes);
        Map<String, Stored> stored = new HashMap<>();
        for (Stored person : stored(school)) stored.put(person.id().toString(), person);
        int added = 0;
        int changed = 0;
        for (ImportPreview.Entry entry : preview.entries()) {
            switch (entry) {
                case ImportPreview.New fresh -> {
                    put(school, preview.kind(), ids.next(), null, fresh.row().values(), classes);
                    added++;
                }
                case ImportPreview.Changed different -> {
                    String[] merged = preview.kind().merged(different.known().values(), different.row().values());
                    put(school, preview.kind(), UUID.fromString(different.known().key()), stored.get(different.known().key()), merged, classes);
                    changed++;
                }
                case ImportPreview.Same ignored -> {}
                case ImportPreview.Ask ignored -> {}
                case ImportPreview.Skipped ignored -> {}
            }
        }
        return new Applied(added, changed, remove(school, preview, gone));
    }

    private void put(UUID school, ImportKind kind, UUID id, @Nullable Stored before, String[] values, Map<String, UUID> classes) {
        Map<String, String> record = kind.record(values);
        String name = record.getOrDefault("name", "");
        String phone = record.get("phone");
        byte[] key = phone == null ? null : before != null && before.key() != null ? before.key() : personal.newKey();
        sql.sql("""
                insert into roster.staff (school_id, staff_id, code, name, initials, search, gender, kind, title, subject, provider, person_key, phone_sealed, phone_trace)
                values (:s, :id, :code, :name, :initials, :search, :gender, :kind, :title, :subject, :provider, :key, :sealed, :trace)
                on conflict (school_id, staff_id) do update set code = excluded.code, name = excluded.name, initials = excluded.initials, search = excluded.search, gender = excluded.gender, kind = excluded.kind,
                    title = excluded.title, subject = excluded.subject, provider = excluded.provider, person_key = excluded.person_key, phone_sealed = excluded.phone_sealed, phone_trace = excluded.phone_trace
                """)
                .param("s", school)
                .param("id", id)
                .param("code", record.getOrDefault("code", before == null ? "+" + id.toString().substring(24) : before.code()))
                .param("name", name)
                .param("initials", Pinyin.initials(name))
                .param("search", Pinyin.searchColumn(name))
                .param("gender", record.get("gender"), Types.VARCHAR)
                .param("kind", kindOf(record))
                .param("title", record.getOrDefault("title", ""))
                .param("subject", record.getOrDefault("subject", ""))
                .param("provider", record.getOrDefault("provider", ""))
                .param("key", key, Types.BINARY)
                .param("sealed", key == null || phone == null ? null : personal.seal(key, phone), Types.BINARY)
                .param("trace", phone == null ? null : personal.trace("phone", phone), Types.BINARY)
                .update();
        UUID own = classes.get(record.getOrDefault("class", ""));
        if (own != null) lead(school, own, id, before == null ? null : before.account());
    }

    /** Staff may come before the children: a class that a class teacher leads and the school lacks begins with its teacher, so that no order of files loses a link. */
    private void makeClasses(UUID school, ImportPreview preview, Map<String, UUID> classes) {
        int year = roster.importContext(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE)).startYear();
        List<SchoolClass> fresh = new ArrayList<>();
        for (ImportPreview.Entry entry : preview.entries()) {
            if (!(entry instanceof ImportPreview.New || entry instanceof ImportPreview.Changed)) continue;
            String code = entry.row().values()[preview.kind().index("class")];
            if (code.isEmpty() || classes.containsKey(code)) continue;
            int grade = Integer.parseInt(code.substring(0, code.indexOf('-')));
            int number = Integer.parseInt(code.substring(code.indexOf('-') + 1));
            UUID id = ids.next();
            classes.put(code, id);
            fresh.add(new SchoolClass(id, year, grade, number, ClassNames.write(grade, number), null));
        }
        if (!fresh.isEmpty()) roster.addClasses(school, fresh);
    }

    private static String kindOf(Map<String, String> record) {
        if (!record.getOrDefault("provider", "").isEmpty()) return "outside";
        if (SheetKinds.isGuard(record.getOrDefault("title", ""))) return "guard";
        return record.getOrDefault("subject", "").isEmpty() ? "office" : "teacher";
    }

    /** A class has one class teacher; who was it before is it no longer. */
    private void lead(UUID school, UUID schoolClass, UUID staff, @Nullable UUID account) {
        sql.sql("""
                with former as (delete from roster.class_teacher where school_id = :s and class_id = :c and not deputy and staff_id <> :t returning school_id, staff_id)
                select s.account_id from former join roster.staff s using (school_id, staff_id) where s.account_id is not null
                """)
                .param("s", school)
                .param("c", schoolClass)
                .param("t", staff)
                .query(UUID.class)
                .list()
                .forEach(former -> accounts.revoke(former, new Wearer.Grant(Role.CLASS_TEACHER, school, schoolClass, null, null, null)));
        roster.putClassTeacher(school, schoolClass, staff, false);
        if (account != null) accounts.grant(account, new Wearer.Grant(Role.CLASS_TEACHER, school, schoolClass, null, null, null), null);
    }

    private int remove(UUID school, ImportPreview preview, Set<String> gone) {
        int removed = 0;
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        for (Known record : preview.gone()) {
            if (!gone.contains(record.key())) continue;
            UUID staff = UUID.fromString(record.key());
            sql.sql("delete from roster.class_teacher where school_id = :s and staff_id = :t").param("s", school).param("t", staff).update();
            List<Optional<UUID>> left = sql.sql("update roster.staff set left_on = :d where school_id = :s and staff_id = :t and left_on is null returning account_id")
                    .param("d", today)
                    .param("s", school)
                    .param("t", staff)
                    .query((r, n) -> Optional.ofNullable(r.getObject(1, UUID.class)))
                    .list();
            removed += left.size();
            // Whoever no longer works here sees nothing of the school from this moment.
            for (Optional<UUID> account : left) account.ifPresent(a -> accounts.revokeStaff(school, a));
        }
        return removed;
    }
}
