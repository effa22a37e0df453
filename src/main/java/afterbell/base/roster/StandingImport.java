package afterbell.base.roster;

import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.base.shared.sheet.Standing;
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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Priority and exemption categories (R63) from the school's own lists. What is imported waits for a second pair of eyes. */
@Component
class StandingImport implements ImportTarget {
    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcClient sql;
    private final PersonalData personal;
    private final Ids ids;
    private final Clock clock;

    StandingImport(JdbcClient sql, PersonalData personal, Ids ids, Clock clock) {
        this.sql = sql;
        this.personal = personal;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public ImportKind kind(UUID school) {
        return SheetKinds.standings();
    }

    @Override
    public String key() {
        return "standings";
    }

    private record Stored(UUID pupil, String category, LocalDate from, @Nullable LocalDate until, byte @Nullable [] key, byte @Nullable [] proof) {}

    @Override
    @Transactional(readOnly = true)
    public List<Known> known(UUID school) {
        ImportKind kind = kind(school);
        Map<UUID, List<Stored>> standings = new HashMap<>();
        for (Stored standing : open(school)) standings.computeIfAbsent(standing.pupil(), ignored -> new ArrayList<>()).add(standing);
        return sql.sql("""
                select p.pupil_id, c.grade || '-' || c.number, p.name, p.birthday, p.person_key, p.number_sealed
                from roster.pupil p join roster.class c using (school_id, class_id) where p.school_id = :s and p.left_on is null order by p.pupil_id
                """)
                .param("s", school)
                .query((r, n) -> {
                    UUID pupil = r.getObject(1, UUID.class);
                    LocalDate birthday = r.getObject(4, LocalDate.class);
                    byte[] key = r.getBytes(5);
                    byte[] number = r.getBytes(6);
                    Map<String, String> record = new HashMap<>(facts(standings.getOrDefault(pupil, List.of())));
                    record.put("class", r.getString(2));
                    record.put("name", r.getString(3));
                    record.put("birthday", birthday == null ? "" : birthday.toString());
                    record.put("registration", key == null || number == null ? "" : personal.open(key, number));
                    return new Known(pupil.toString(), kind.values(record));
                })
                .list();
    }

    private Map<String, String> facts(List<Stored> standings) {
        if (standings.isEmpty()) return Map.of();
        return Map.of("standing", Standing.encode(standings.stream().map(this::standing).toList()));
    }

    private Standing standing(Stored stored) {
        String proof = stored.key() == null || stored.proof() == null ? "" : personal.open(stored.key(), stored.proof());
        return new Standing(stored.category(), stored.from().toString(), stored.until() == null ? "" : stored.until().toString(), proof);
    }

    private List<Stored> open(UUID school) {
        return sql.sql("select pupil_id, category, valid_from, valid_to, person_key, proof_sealed from roster.standing where school_id = :s and ended_by is null order by pupil_id, valid_from, category")
                .param("s", school)
                .query((r, n) -> new Stored(r.getObject(1, UUID.class), r.getString(2), r.getObject(3, LocalDate.class), r.getObject(4, LocalDate.class), r.getBytes(5), r.getBytes(6)))
                .list();
    }

    /** A category that would end before it begins: the row gives one of the days, what is known or today the other. */
    @Override
    public List<Refusal> refusals(UUID school, ImportPreview preview, Set<String> gone) {
        List<Refusal> all = new ArrayList<>();
        for (ImportPreview.Entry entry : preview.entries()) {
            if (!(entry instanceof ImportPreview.Changed different)) continue;
            ImportKind kind = preview.kind();
            for (Standing standing : Standing.decode(after(kind, different))) {
                if (standing.until().isEmpty() || !LocalDate.parse(standing.until()).isBefore(from(standing))) continue;
                all.add(new Refusal.Simple("roster.standing.refused.ends_early", "", List.of(different.known().values()[kind.index("name")], standing.until(), from(standing).toString())));
            }
        }
        return all;
    }

    private static String after(ImportKind kind, ImportPreview.Changed different) {
        int field = kind.index("standing");
        return kind.merged("standing", different.known().values()[field], different.row().values()[field]);
    }

    private LocalDate from(Standing standing) {
        return standing.from().isEmpty() ? today() : LocalDate.parse(standing.from());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(UUID school, ImportPreview preview, Set<String> gone) {
        int added = 0;
        int changed = 0;
        for (ImportPreview.Entry entry : preview.entries()) {
            if (!(entry instanceof ImportPreview.Changed different)) continue;
            ImportKind kind = preview.kind();
            String before = different.known().values()[kind.index("standing")];
            put(school, UUID.fromString(different.known().key()), Standing.decode(before), Standing.decode(after(kind, different)));
            if (before.isEmpty()) added++;
            else changed++;
        }
        int removed = 0;
        for (Known record : preview.gone()) if (gone.contains(record.key())) removed += end(school, UUID.fromString(record.key())) > 0 ? 1 : 0;
        return new Applied(added, changed, removed);
    }

    /** Writes those categories alone that are new or differ: what a second person has confirmed of the others stays confirmed. */
    private void put(UUID school, UUID pupil, List<Standing> before, List<Standing> after) {
        for (Standing standing : after) if (!before.contains(standing)) put(school, pupil, standing);
    }

    private void put(UUID school, UUID pupil, Standing standing) {
        LocalDate from = from(standing);
        LocalDate until = standing.until().isEmpty() ? null : LocalDate.parse(standing.until());
        byte[] key = standing.proof().isEmpty() ? null : personal.newKey();
        sql.sql("update roster.standing set ended_by = :by, ended_at = :at where school_id = :s and pupil_id = :p and category = :c and ended_by is null and valid_from <> :from")
                .param("by", actor())
                .param("at", Timestamp.from(clock.instant()))
                .param("s", school)
                .param("p", pupil)
                .param("c", standing.category())
                .param("from", from)
                .update();
        sql.sql("""
                insert into roster.standing (school_id, standing_id, pupil_id, category, valid_from, valid_to, entered_by, entered_at, person_key, proof_sealed)
                values (:s, :id, :p, :c, :from, :until, :by, :at, :key, :proof)
                on conflict (school_id, pupil_id, category, valid_from) do update set valid_to = excluded.valid_to, entered_by = excluded.entered_by, entered_at = excluded.entered_at,
                    confirmed_by = null, confirmed_at = null, ended_by = null, ended_at = null, person_key = excluded.person_key, proof_sealed = excluded.proof_sealed
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("p", pupil)
                .param("c", standing.category())
                .param("from", from)
                .param("until", until, Types.DATE)
                .param("by", actor())
                .param("at", Timestamp.from(clock.instant()))
                .param("key", key, Types.BINARY)
                .param("proof", key == null ? null : personal.seal(key, standing.proof()), Types.BINARY)
                .update();
    }

    private int end(UUID school, UUID pupil) {
        return sql.sql("update roster.standing set ended_by = :by, ended_at = :at where school_id = :s and pupil_id = :p and ended_by is null")
                .param("by", actor())
                .param("at", Timestamp.from(clock.instant()))
                .param("s", school)
                .param("p", pupil)
                .update();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private static UUID actor() {
        return Scopes.current().map(Scope::account).orElse(NOBODY);
    }
}
